#include "harness/kernel/port_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"

namespace timewait {
namespace {

/// What a cell leaves keeps its port for a minute, and cells may be many.
constexpr std::size_t kFewestPorts = 512;

/// "8080,9000-9010"
std::vector<PortRange> reserved_ports() {
  std::vector<PortRange> ranges;
  std::istringstream words(read_sysctl("net.ipv4.ip_local_reserved_ports"));
  PortRange range;
  while (words >> range.first) {
    range.last = range.first;
    if (words.peek() == '-') words.ignore() >> range.last;
    if (words.peek() == ',') words.ignore();
    ranges.push_back(range);
  }
  return ranges;
}

}  // namespace

PortRange ephemeral_ports() {
  PortRange range;
  std::istringstream(read_sysctl("net.ipv4.ip_local_port_range")) >> range.first >> range.last;
  return range;
}

std::vector<std::uint16_t> server_ports() {
  const PortRange chosen = ephemeral_ports();
  const int first = std::max(kFirstUnprivilegedPort,
                             std::stoi(read_sysctl("net.ipv4.ip_unprivileged_port_start")));
  const auto reserved = reserved_ports();
  std::vector<std::uint16_t> ports;
  for (int port = first; port < chosen.first; ++port)
    if (std::ranges::none_of(reserved, [&](const auto& range) { return range.contains(port); }))
      ports.push_back(static_cast<std::uint16_t>(port));
  if (ports.size() < kFewestPorts)
    throw CannotRunHere(
        fmt::format("only {} ports from {} on are below those that the kernel chooses "
                    "(net.ipv4.ip_local_port_range = {} {}) and not reserved, cells need {}",
                    ports.size(), first, chosen.first, chosen.last, kFewestPorts));
  return ports;
}

}  // namespace timewait
