#include "harness/kernel/port_ranges.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

bool has(int port) {
  const auto ports = server_ports();
  return std::ranges::find(ports, port) != ports.end();
}

TEST(ServerPorts, AreBelowThoseThatTheKernelChoosesAndNobodyReserved) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(in_sandbox([]() -> std::string {
              write_sysctl("net.ipv4.ip_local_port_range", "20000 30000");
              write_sysctl("net.ipv4.ip_local_reserved_ports", "8080,9000-9002");
              std::string wrong;
              for (const int port : {1024, 8079, 8081, 8999, 9003, 19999})
                if (!has(port)) wrong += std::to_string(port) + " is missing ";
              for (const int port : {1023, 8080, 9000, 9001, 9002, 20000, 30001})
                if (has(port)) wrong += std::to_string(port) + " is there ";
              return wrong;
            }),
            "");
}

TEST(ServerPorts, AreRefusedWhereThereAreTooFewForManyCells) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(in_sandbox([]() -> std::string {
              write_sysctl("net.ipv4.ip_local_port_range", "1100 65535");
              try {
                return has(1) ? "a port" : "none";
              } catch (const CannotRunHere& refusal) {
                return refusal.what();
              }
            }),
            "only 76 ports from 1024 on are below those that the kernel chooses "
            "(net.ipv4.ip_local_port_range = 1100 65535) and not reserved, cells need 512");
}

}  // namespace
}  // namespace timewait
