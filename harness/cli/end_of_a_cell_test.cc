// A cell ends in time and leaves no process behind, whatever its programs do and also when the
// harness is killed. All of it on the real kernel, through the real program.

#include <csignal>

#include "harness/cli/test_processes.h"
#include "harness/cli/test_script_run.h"
#include "harness/process/child_process.h"
#include "harness/process/descendants.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Honesty, EndsACellAtItsLimitAndGoesOnWithTheOthers) {
  const TemporaryFolder folder;
  const std::string slow =
      folder.write("slow.toml", scenario_around("server runs faulty never-listens\n"
                                                "precondition server LISTEN\nrebind\n",
                                                "bound"));
  const std::string quick = folder.write(
      "quick.toml",
      scenario_around(kClientClosesFirst + "precondition server nothing\nrebind\n", "bound"));
  EXPECT_THAT(run_timewait({"run", slow, quick, "--no-out", "--cell-timeout", "0.5",
                            "--step-timeout", "30"}),
              breaks(AllOf(HasSubstr("server did not become ready"), HasSubstr("1 pass"))));
}

TEST(Honesty, KillsACellThatCannotEndItself) {
  const TemporaryFolder folder;
  const std::string address = unique_address();
  const std::string file = folder.write(
      "stuck.toml", scenario_around("server runs faulty never-listens --at " + address +
                                        "\nprecondition server LISTEN\nrebind\n",
                                    "bound"));
  ChildProcess harness({timewait_path(), "run", file, "--no-out", "--cell-timeout", "1"});
  ASSERT_TRUE(eventually([&] { return !processes_with(address).empty(); }));
  const auto cell = parent_of(processes_with(address).front());
  ASSERT_TRUE(cell);
  ASSERT_EQ(::kill(*cell, SIGSTOP), 0);
  EXPECT_TRUE(eventually([&] { return harness.refresh(), harness.exit_state().has_value(); }));
  EXPECT_EQ(harness.exit_state()->number, kBroken);
  EXPECT_THAT(processes_with(address), IsEmpty());
}

TEST(Honesty, LeavesNoDaemonBehind) {
  EXPECT_THAT(run_script("server runs faulty leaves-daemon --at " + unique_address() +
                             "\nserver prints daemon\nprecondition server LISTEN\nrebind\n",
                         "bind:EADDRINUSE"),
              passes());
  EXPECT_THAT(processes_with(unique_address()), IsEmpty());
}

/// The network that a process lives in; nothing of one that has ended.
std::string network_of(const std::filesystem::path& process) {
  std::error_code gone;
  return std::filesystem::read_symlink(process / "ns/net", gone).string();
}

bool is_inhabited(const std::string& network) {
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", gone))
    if (network_of(entry.path()) == network) return true;
  return false;
}

TEST(Honesty, LeavesNothingBehindWhenTheHarnessIsKilled) {
  const TemporaryFolder folder;
  const std::string address = unique_address();
  const std::string file = folder.write(
      "hang.toml", scenario_around("server runs faulty leaves-daemon --at " + address +
                                       "\nserver prints daemon\n"
                                       "server prints something it never prints\n"
                                       "precondition server LISTEN\nrebind with plain\n",
                                   "bound"));
  ChildProcess harness({timewait_path(), "run", file, "--no-out", "--step-timeout", "60"});
  ASSERT_TRUE(eventually([&] { return processes_with(address).size() >= 2; }));
  const std::string network =
      network_of("/proc/" + std::to_string(processes_with(address).front()));
  ASSERT_NE(network, "");
  harness.signal(SIGKILL);
  EXPECT_TRUE(eventually([&] { return processes_with(address).empty(); }));
  EXPECT_TRUE(eventually([&] { return !is_inhabited(network); }));
}

}  // namespace
}  // namespace timewait
