#include <algorithm>
#include <array>
#include <sstream>

#include "harness/base/error.h"
#include "harness/base/number.h"
#include "harness/model/network.h"

namespace timewait {
namespace {

struct SysctlRow {
  std::string_view name;
  int Sysctls::*value;
  int least;
  int most;
};

constexpr int kMost = 0x7fffffff;

constexpr auto kRows = std::to_array<SysctlRow>({
    {"net.ipv4.ip_unprivileged_port_start", &Sysctls::unprivileged_port_start, 0, 65535},
    {"net.ipv4.ip_autobind_reuse", &Sysctls::autobind_reuse, 0, 1},
    {"net.ipv4.ip_nonlocal_bind", &Sysctls::nonlocal_bind, 0, 255},
    {"net.ipv6.ip_nonlocal_bind", &Sysctls::nonlocal_bind6, 0, 255},
    {"net.ipv6.bindv6only", &Sysctls::bindv6only, 0, 255},
    {"net.ipv4.tcp_fin_timeout", &Sysctls::fin_timeout, 0, kMost},
    {"net.ipv4.tcp_max_tw_buckets", &Sysctls::max_tw_buckets, 0, kMost},
    {"net.ipv4.tcp_rfc1337", &Sysctls::rfc1337, 0, 255},
    {"net.ipv4.tcp_timestamps", &Sysctls::timestamps, 0, 255},
    {"net.ipv4.tcp_tw_reuse", &Sysctls::tw_reuse, 0, 2},
    {"net.ipv4.tcp_tw_reuse_delay", &Sysctls::tw_reuse_delay, 1, 60000},
    {"net.ipv4.tcp_orphan_retries", &Sysctls::orphan_retries, 0, 255},
    {"net.ipv4.tcp_retries2", &Sysctls::retries2, 0, 255},
    {"net.ipv4.tcp_syn_retries", &Sysctls::syn_retries, 1, 127},
    {"net.ipv4.tcp_syn_linear_timeouts", &Sysctls::syn_linear_timeouts, 0, 127},
    {"net.ipv4.tcp_synack_retries", &Sysctls::synack_retries, 0, 255},
    {"net.ipv4.tcp_keepalive_time", &Sysctls::keepalive_time, 0, kMost},
    {"net.ipv4.tcp_keepalive_intvl", &Sysctls::keepalive_intvl, 0, kMost},
    {"net.ipv4.tcp_keepalive_probes", &Sysctls::keepalive_probes, 0, 255},
    {"net.ipv4.tcp_abort_on_overflow", &Sysctls::abort_on_overflow, 0, 255},
    {"net.ipv4.tcp_fastopen", &Sysctls::fastopen, 0, kMost},
    {"net.ipv4.tcp_migrate_req", &Sysctls::migrate_req, 0, 1},
    {"net.core.somaxconn", &Sysctls::somaxconn, 0, kMost},
    {"net.core.wmem_max", &Sysctls::wmem_max, 4608, kMost},
    {"net.core.rmem_max", &Sysctls::rmem_max, 2304, kMost},
});

/// What has no effect on what the model says.
constexpr std::array<std::string_view, 3> kWithoutEffect{
    "net.ipv4.tcp_child_ehash_entries", "net.ipv4.tcp_congestion_control", "net.ipv4.tcp_sack"};

[[noreturn]] void refuse(const std::string& name, const std::string& value) {
  throw BadInput(name + " cannot be \"" + value + "\"");
}

std::vector<int> numbers_of(const std::string& name, const std::string& value, std::size_t count) {
  std::istringstream words(value);
  std::vector<int> numbers;
  for (std::string word; words >> word;) {
    const auto number = parse_number(word, 0, kMost);
    if (!number) refuse(name, value);
    numbers.push_back(static_cast<int>(*number));
  }
  if (numbers.size() != count) refuse(name, value);
  return numbers;
}

std::vector<std::pair<int, int>> port_ranges_of(const std::string& name, const std::string& value) {
  std::vector<std::pair<int, int>> ranges;
  std::istringstream parts(value);
  for (std::string part; std::getline(parts, part, ',');) {
    if (part.find_first_not_of(" \n") == std::string::npos) continue;
    const auto dash = part.find('-');
    const auto first = parse_number(part.substr(0, dash), 0, 65535);
    const auto last =
        dash == std::string::npos ? first : parse_number(part.substr(dash + 1), 0, 65535);
    if (!first || !last || *first > *last) refuse(name, value);
    ranges.emplace_back(static_cast<int>(*first), static_cast<int>(*last));
  }
  return ranges;
}

void set_port_range(Sysctls& sysctls, const std::string& name, const std::string& value) {
  const std::vector<int> range = numbers_of(name, value, 2);
  if (range[0] < 1 || range[1] > 65535 || range[1] < range[0]) refuse(name, value);
  sysctls.first_local_port = range[0];
  sysctls.last_local_port = range[1];
}

}  // namespace

std::vector<std::string> followed_sysctls() {
  std::vector<std::string> names{"net.ipv4.tcp_wmem", "net.ipv4.tcp_rmem"};
  for (const SysctlRow& row : kRows) names.emplace_back(row.name);
  return names;
}

void set_sysctl(Sysctls& sysctls, const std::string& name, const std::string& value) {
  std::string dotted = name;
  std::ranges::replace(dotted, '/', '.');
  if (dotted == "net.ipv4.ip_local_port_range") return set_port_range(sysctls, dotted, value);
  if (dotted == "net.ipv4.ip_local_reserved_ports") {
    sysctls.reserved_ports = port_ranges_of(dotted, value);
    return;
  }
  if (dotted == "net.ipv4.tcp_wmem") {
    sysctls.wmem = numbers_of(dotted, value, 3)[1];
    return;
  }
  if (dotted == "net.ipv4.tcp_rmem") {
    sysctls.rmem = numbers_of(dotted, value, 3)[1];
    return;
  }
  if (std::ranges::find(kWithoutEffect, dotted) != kWithoutEffect.end()) return;
  const auto* row = std::ranges::find(kRows, dotted, &SysctlRow::name);
  if (row == kRows.end()) throw BadInput("the model does not know what sysctl " + dotted + " does");
  const auto number = parse_number(value, row->least, row->most);
  if (!number) refuse(dotted, value);
  sysctls.*row->value = static_cast<int>(*number);
}

}  // namespace timewait
