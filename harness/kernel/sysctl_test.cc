#include "harness/kernel/sysctl.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

/// What is said when a sysctl is not written, and whether that is because of this machine.
std::string refusal_of(const std::string& name, const std::string& value) {
  try {
    write_sysctl(name, value);
    return "it was written";
  } catch (const CannotRunHere& reason) {
    return std::string("cannot run here: ") + reason.what();
  } catch (const Error& error) {
    return std::string("error: ") + error.what();
  }
}

TEST(Sysctl, IsReadBackAsItWasWritten) {
  EXPECT_EQ(in_sandbox([] {
              write_sysctl("net.ipv4.tcp_fin_timeout", "17");
              return read_sysctl("net.ipv4.tcp_fin_timeout");
            }),
            "17");
}

TEST(Sysctl, MayHaveSeveralNumbers) {
  EXPECT_EQ(in_sandbox([] {
              write_sysctl("net.ipv4.ip_local_port_range", "50000 50009");
              return read_sysctl("net.ipv4.ip_local_port_range");
            }),
            "50000\t50009");
}

TEST(Sysctl, OfASandboxIsNotThatOfTheMachine) {
  const std::string before = read_sysctl("net.ipv4.tcp_fin_timeout");
  in_sandbox([] {
    write_sysctl("net.ipv4.tcp_fin_timeout", "17");
    return "";
  });
  EXPECT_EQ(read_sysctl("net.ipv4.tcp_fin_timeout"), before);
}

TEST(Sysctl, IsOnlyWrittenBelowNet) {
  // None of these exists: nothing would be changed if they were let through.
  for (const std::string name : {"kernel.no_such", "vm.no_such", "network.no_such", "net", ""})
    EXPECT_THAT([&] { write_sysctl(name, "1"); },
                testing::ThrowsMessage<Error>(
                    "sysctl " + name + " belongs to the machine, only net.* to the sandbox"));
}

TEST(Sysctl, CannotLeaveItsFolder) {
  EXPECT_THAT(in_sandbox([] { return refusal_of("net./../kernel/no_such", "x"); }),
              testing::HasSubstr("is refused: "));
}

TEST(Sysctl, ThatThisKernelLacksCannotBeHadHere) {
  EXPECT_THAT(
      [] { read_sysctl("net.ipv4.tcp_luck"); },
      testing::ThrowsMessage<CannotRunHere>("this kernel shows no sysctl net.ipv4.tcp_luck"));
  EXPECT_EQ(in_sandbox([] { return refusal_of("net.ipv4.tcp_luck", "1"); }),
            "cannot run here: sysctl net.ipv4.tcp_luck = 1 is refused: No such file or directory");
}

TEST(Sysctl, SaysWhyTheKernelRefusesAValue) {
  EXPECT_EQ(in_sandbox([] { return refusal_of("net.ipv4.tcp_fin_timeout", "soon"); }),
            "error: sysctl net.ipv4.tcp_fin_timeout = soon is refused: Invalid argument");
}

}  // namespace
}  // namespace timewait
