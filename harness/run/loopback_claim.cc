#include "harness/run/loopback_claim.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

#include "harness/base/error.h"
#include "harness/kernel/port_ranges.h"
#include "harness/kernel/socket_table.h"

namespace timewait {
namespace {

/// So often other ports are tried; that all are taken so often means that hardly any is free.
constexpr int kTries = 200;

/// Holds a port against every other timewait in this network: a Unix socket of that name, which the
/// kernel gives back however its owner ends. Empty when somebody else has it.
UniqueFd lock_port(std::uint16_t port) {
  UniqueFd lock(check(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket(AF_UNIX)"));
  sockaddr_un name{.sun_family = AF_UNIX, .sun_path = {}};
  const std::string text = fmt::format("timewait/port/{}", port);
  std::ranges::copy(text, name.sun_path + 1);  // the zero before it: no file
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
  if (::bind(lock.get(), reinterpret_cast<const sockaddr*>(&name), size) < 0) lock.reset();
  return lock;
}

bool is_taken(const std::vector<SocketEntry>& table, std::uint16_t port) {
  return std::ranges::any_of(table,
                             [&](const SocketEntry& entry) { return entry.local.port() == port; });
}

/// An address that nobody has a reason to use: no byte of it is 0 or 255, so neither 127.0.0.1 nor
/// 127.0.0.53 nor 127.0.1.1 can come.
Endpoint random_host(std::mt19937& random) {
  std::uniform_int_distribution<int> byte(1, 254);
  std::array<std::uint8_t, 4> address{127, 0, 0, 0};
  std::generate(address.begin() + 1, address.end(),
                [&] { return static_cast<std::uint8_t>(byte(random)); });
  return Endpoint(AF_INET, address.data(), 0);
}

}  // namespace

LoopbackClaim::LoopbackClaim(const NamedPorts& ports) {
  std::mt19937 random{std::random_device()()};
  place_ = {
      .host = random_host(random), .wildcards = ports.wildcards, .ephemeral = ephemeral_ports()};
  const std::vector<std::uint16_t> all = server_ports();
  std::uniform_int_distribution<std::size_t> index(0, all.size() - 1);
  SocketTable table;
  for (const std::uint16_t wanted : ports.all) {
    for (int tries = 0; !place_.ports.contains(wanted); ++tries) {
      if (tries == kTries)
        throw CannotRunHere(fmt::format(
            "of {} ports tried none is free; what earlier cells left goes within a minute", tries));
      const std::uint16_t own = all[index(random)];
      UniqueFd lock = lock_port(own);
      if (!lock || is_taken(table.read(true), own)) continue;
      locks_.push_back(std::move(lock));
      place_.ports.emplace(wanted, own);
    }
  }
}

}  // namespace timewait
