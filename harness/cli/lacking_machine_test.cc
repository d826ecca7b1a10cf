// What timewait says where the machine lacks something that a cell or the sandbox needs, or refuses
// it. All of it through the real program.

#include "harness/cli/test_script_run.h"
#include "harness/kernel/user_namespace_probe.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Honesty, RefusesASysctlValueThatTheKernelDoesNotTake) {
  EXPECT_THAT(run_script("sysctl net.ipv4.tcp_fin_timeout = banana\nserver runs message_server\n"
                         "precondition server LISTEN\nrebind\n",
                         "bind:EADDRINUSE"),
              breaks(HasSubstr("tcp_fin_timeout = banana is refused: Invalid argument")));
}

TEST(Honesty, SkipsWhatIsNotInstalledWithTheReason) {
  EXPECT_THAT(run_script("server runs no-such-program\nserver listens on 127.0.0.1:12000\n"
                         "precondition server LISTEN\nrebind\n"),
              is_skipped(AllOf(HasSubstr("the program no-such-program is not installed"),
                               HasSubstr("1 skip"))));
}

TEST(Honesty, SaysSoWhereTheOptionsOfProgramsCannotBeRead) {
  EXPECT_THAT(
      run_command({"strace", "-f", "-o", "/dev/null", "-e", "inject=pidfd_getfd:error=EPERM",
                   timewait_path(), "run", kTimeWaitCell, "--no-out"}),
      passes(HasSubstr("the options of sockets cannot be read here")));
}

/// Runs a scenario as root of a user namespace in which no `kind` of namespaces can be made.
CommandResult run_without(const std::string& kind, const std::string& file,
                          const std::string& options = "") {
  return run_command({"unshare", "--user", "--map-root-user", "sh", "-c",
                      "echo 0 > /proc/sys/user/max_" + kind + "_namespaces && exec " +
                          timewait_path() + " run " + file + " --no-out " + options});
}

TEST(Honesty, SkipsWhatNeedsASandboxWithoutPrivilegeWhereItHasSome) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const std::string file =
      folder.write("test.toml", scenario_around("sandbox is unprivileged\n" + kPeerWithSocket +
                                                    "server attempts setsockopt s SO_DEBUG 1\n",
                                                "setsockopt:EACCES"));
  EXPECT_THAT(run_timewait({"run", file, "--no-out"}), passes());
  EXPECT_THAT(run_without("user", file),
              is_skipped(HasSubstr("the sandbox has no user namespace of its own")));
}

TEST(Honesty, TakesTheNextRungWhereUserNamespacesAreForbidden) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml",
      scenario_around(kServerClosesFirst + "precondition server TIME_WAIT\nrebind with plain\n",
                      "bind:EADDRINUSE"));
  EXPECT_THAT(run_without("user", file),
              passes(AllOf(HasSubstr("net+pid namespaces as root"),
                           HasSubstr("not used: user+net+pid namespaces: clone3()"))));
}

TEST(Honesty, SaysSoWhereItCannotRunAtAll) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml",
      scenario_around(kClientClosesFirst + "precondition server nothing\nrebind\n", "bound"));
  const CommandResult result = run_without("net", file, "--isolation root");
  EXPECT_THAT(result, is_skipped(Not(HasSubstr("pass"))));
  EXPECT_THAT(result.errors, HasSubstr("timewait: cannot run here: "));
}

}  // namespace
}  // namespace timewait
