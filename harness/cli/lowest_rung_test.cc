// The lowest rung of isolation, where a cell has no network of its own: what is true there, what is
// skipped, and that it leaves nothing behind. On the real loopback of whoever runs the test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <set>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_processes.h"
#include "harness/cli/test_records.h"
#include "harness/process/child_process.h"
#include "harness/run/isolation.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const IsolationProbe& probed() {
  static const IsolationProbe kFound = probe_isolation(Isolation::loopback);
  return kFound;
}

class LowestRung : public testing::Test {
 protected:
  void SetUp() override {
    if (!probed().rung) GTEST_SKIP() << probed().refusals;
  }

  static CommandResult run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"run", "--isolation", "loopback"});
    return run_timewait(arguments);
  }

  static json records(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--no-out", "--format", "json"});
    const auto result = run(arguments);
    const json run = json::parse(result.output, nullptr, false);
    EXPECT_FALSE(run.is_discarded()) << result.end.text() << result.errors;
    return run.is_discarded() ? json::array() : run["records"];
  }
};

/// A folder of programs that nobody else runs, so that their processes can be told from others.
std::string own_programs(const TemporaryFolder& folder) {
  std::string link = folder.path() + "/programs";
  std::filesystem::create_symlink(TIMEWAIT_PROGRAMS, link);
  return link;
}

TEST_F(LowestRung, GivesThePairsTheSameResultsAsANetworkOfTheirOwn) {
  if (!probe_own_network().rung) GTEST_SKIP() << "there is no other rung to compare it with";
  const TemporaryFolder folder;
  const std::vector<std::string> cells = {"server-closes-first", "client-closes-first",
                                          "listing-3-restarted-at-once",
                                          "daytime-server-executes-itself"};
  std::vector<std::string> own = {"run", "--out", folder.path() + "/own"};
  std::vector<std::string> lowest = {"run", "--out", folder.path() + "/lowest", "--isolation",
                                     "loopback"};
  own.insert(own.end(), cells.begin(), cells.end());
  lowest.insert(lowest.end(), cells.begin(), cells.end());
  ASSERT_EQ(run_timewait(own).end.number, 0);
  const auto result = run_timewait(lowest);
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(result.output, HasSubstr("the machine's own loopback"));
  const auto compared =
      run_timewait({"compare", folder.path() + "/own", folder.path() + "/lowest"});
  EXPECT_EQ(compared.end.number, 0) << compared.output;
  EXPECT_THAT(compared.output, HasSubstr("no change"));
}

TEST_F(LowestRung, ListensOnNothingButAnAddressOfTheLoopbackBelowTheEphemeralPorts) {
  const json all = records({kTimeWaitCell, "--evidence", "full"});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["verdict"], "pass") << all[0]["reason"];
  const std::string host = all[0]["relocation"]["address"];
  const int port = all[0]["relocation"]["ports"]["12000"];
  EXPECT_THAT(host, testing::MatchesRegex("127\\.[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_THAT(port, testing::AllOf(testing::Ge(1024),
                                   testing::Lt(all[0]["relocation"]["ephemeral"][0].get<int>())));
  int listeners = 0;
  for (const json& event : events_of(all[0], "table"))
    for (const json& entry : event["table"]) {
      if (entry["state"] != "LISTEN") continue;
      ++listeners;
      EXPECT_EQ(entry["local"], host + ":" + std::to_string(port));
    }
  EXPECT_GT(listeners, 0);
}

TEST_F(LowestRung, GivesEveryRunOfACellAPortOfItsOwn) {
  const json all = records({kTimeWaitCell, "--repeat", "30", "--jobs", "10"});
  std::set<int> ports;
  for (const json& record : all) {
    EXPECT_EQ(record["verdict"], "pass") << record["reason"];
    ports.insert(record["relocation"]["ports"]["12000"].get<int>());
  }
  EXPECT_EQ(ports.size(), 30U) << "TIME_WAIT lasts a minute";
}

TEST_F(LowestRung, SkipsWhatNeedsANetworkAndNamesTheThing) {
  const auto mixed = run({kTimeWaitCell, "tcp-tw-reuse", "low-ports", "ipv6-listeners",
                          "time-wait-and-addresses", "--no-out"});
  EXPECT_EQ(mixed.end.number, 0) << mixed.output;
  for (const char* reason :
       {"needs a network of its own: it sets a sysctl", "needs a network of its own: it uses IPv6",
        "needs a network of its own: it uses the address 127.0.0.2"})
    EXPECT_THAT(mixed.output, HasSubstr(reason));
  EXPECT_EQ(run({"tcp-tw-reuse", "--no-out"}).end.number, kCannotRunHere) << "nothing ran";
}

TEST_F(LowestRung, FailsAWrongExpectation) {
  const TemporaryFolder folder;
  const auto result =
      run({folder.write("wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE")),
           "--no-out"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("expected bind:EADDRINUSE, got bound"));
}

TEST_F(LowestRung, SkipsAListenerThatWouldBeAtEveryAddress) {
  const TemporaryFolder folder;
  const auto result =
      run({folder.write("unbound.toml",
                        scenario_around("server runs peer\nserver calls socket s\n"
                                        "server calls listen s 5\nother runs message_server\n"
                                        "precondition other LISTEN\nrebind 127.0.0.1:13000\n",
                                        "bound")),
           "--no-out"});
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_THAT(result.output, HasSubstr("it has a socket at 0.0.0.0"));
}

TEST_F(LowestRung, LeavesNoDaemonBehind) {
  const TemporaryFolder folder;
  const std::string programs = own_programs(folder);
  const auto file = folder.write(
      "daemon.toml", scenario_around("server runs faulty leaves-daemon\nserver prints daemon\n"
                                     "precondition server LISTEN\nrebind\n",
                                     "bind:EADDRINUSE"));
  const auto result = run({file, "--no-out", "--programs", programs});
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(processes_with(programs), IsEmpty());
}

class KilledOnTheLowestRung : public LowestRung {
 protected:
  /// Starts a cell that hangs, with a daemon, and waits until all its processes are there.
  void start() {
    const auto file = folder_.write(
        "hang.toml", scenario_around("server runs faulty leaves-daemon\nserver prints daemon\n"
                                     "server prints something it never prints\n"
                                     "precondition server LISTEN\nrebind\n",
                                     "bound"));
    programs_ = own_programs(folder_);
    harness_.emplace(std::vector<std::string>{timewait_path(), "run", file, "--no-out",
                                              "--isolation", "loopback", "--programs", programs_,
                                              "--step-timeout", "60"});
    ASSERT_TRUE(eventually([&] { return processes_with(programs_ + "/faulty").size() == 2; }));
  }

  TemporaryFolder folder_;
  std::string programs_;
  std::optional<ChildProcess> harness_;
};

TEST_F(KilledOnTheLowestRung, LeavesNothing) {
  start();
  harness_->signal(SIGKILL);
  EXPECT_TRUE(eventually([&] { return processes_with(programs_).empty(); }));
}

TEST_F(KilledOnTheLowestRung, LeavesNothingWhenItsGroupIsKilled) {
  start();
  harness_->signal_group(SIGKILL);
  EXPECT_TRUE(eventually([&] { return processes_with(programs_).empty(); }));
}

TEST_F(LowestRung, EndsACellThatExceedsItsLimit) {
  const TemporaryFolder folder;
  const std::string programs = own_programs(folder);
  const auto file = folder.write(
      "slow.toml", scenario_around("server runs faulty leaves-daemon\nserver prints daemon\n"
                                   "server prints something it never prints\n"
                                   "precondition server LISTEN\nrebind\n",
                                   "bound"));
  const auto result = run({file, "--no-out", "--programs", programs, "--cell-timeout", "0.5"});
  EXPECT_EQ(result.end.number, kBroken) << result.output;
  EXPECT_THAT(processes_with(programs), IsEmpty());
}

TEST(IsolationOption, RefusesAWordThatIsNoRung) {
  const auto result = run_timewait({"run", kTimeWaitCell, "--no-out", "--isolation", "none"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.errors, HasSubstr("user,root,loopback"));
}

}  // namespace
}  // namespace timewait
