#include "harness/kernel/small_tcp_table.h"

#include <sched.h>

#include <string>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"

namespace timewait {
namespace {

constexpr const char* kTableSize = "net.ipv4.tcp_child_ehash_entries";
constexpr const char* kBuckets = "1024";
constexpr const char* kMostTimeWaits = "net.ipv4.tcp_max_tw_buckets";
constexpr const char* kMostHandshakes = "net.ipv4.tcp_max_syn_backlog";

}  // namespace

void enter_network_with_small_tcp_table() {
  try {
    write_sysctl(kTableSize, kBuckets);
  } catch (const CannotRunHere&) {
    return;
  }
  const std::string most_time_waits = read_sysctl(kMostTimeWaits);
  const std::string most_handshakes = read_sysctl(kMostHandshakes);
  check(::unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)");
  write_sysctl(kMostTimeWaits, most_time_waits);
  write_sysctl(kMostHandshakes, most_handshakes);
}

}  // namespace timewait
