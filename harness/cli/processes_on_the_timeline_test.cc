// What a record tells about the processes of a cell: what became of them and what they held.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsSupersetOf;

/// "server started", "server ended exit 0": an actor's own process. "server's child forked":
/// others. The command lines of those that were started are left out.
std::vector<std::string> lives_of(const json& record, const std::string& actor) {
  std::vector<std::string> lives;
  std::vector<int> own;
  for (const json& event : events_of(record, "process")) {
    if (event["actor"] != actor) continue;
    const int pid = event["pid"];
    const std::string change = event["change"];
    if (change == "started") own.push_back(pid);
    const std::string detail = change == "started" ? "" : event["detail"];
    const bool is_own = std::ranges::find(own, pid) != own.end();
    lives.push_back((is_own ? "" : "child ") + change + (detail.empty() ? "" : " " + detail));
  }
  return lives;
}

json full_record(const std::string& cell) { return record_of({cell, "--evidence", "full"}); }

TEST(ProcessesOnTheTimeline, AreForkedAndExecuteAnotherProgram) {
  const json record = full_record("daytime-server-executes-itself/listener=closed,with=reuseaddr");
  EXPECT_THAT(lives_of(record, "server"), ElementsAre("started", "child forked", "ended exit 0",
                                                      "child executed daytime_server"));
  EXPECT_THAT(lives_of(record, "client"), ElementsAre("started", "ended exit 0"));
}

TEST(ProcessesOnTheTimeline, SayHowAChildEndedThatOutlivedItsParent) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "child.toml",
      scenario_around("server runs forking_server --child-keeps connection with plain\n"
                      "client runs message_client\nserver prints child ready\n"
                      "server gets SIGTERM\nserver dies of SIGTERM\n"
                      "server group gets SIGKILL\nawait server FIN_WAIT2\n"
                      "precondition client CLOSE_WAIT\nprecondition server FIN_WAIT2\n"
                      "server restarts with plain\n",
                      "bind:EADDRINUSE"));
  EXPECT_THAT(lives_of(full_record(file), "server"),
              ElementsAre("started", "child forked", "signalled SIGTERM", "ended killed by SIGTERM",
                          "signalled SIGKILL", "child ended killed by SIGKILL", "started",
                          "ended exit 22"));
}

TEST(ProcessesOnTheTimeline, StartWithTheirCommandLine) {
  const json record = full_record(kTimeWaitCell);
  const auto processes = events_of(record, "process");
  ASSERT_FALSE(processes.empty());
  EXPECT_EQ(processes[0]["actor"], "server");
  EXPECT_THAT(processes[0]["detail"].get<std::string>(), EndsWith("/message_server --with plain"));
  EXPECT_GT(processes[0]["pid"], 1) << "the first process of the sandbox plays the cell";
}

TEST(ProcessesOnTheTimeline, GetASignalBeforeTheyEndOfIt) {
  const json record =
      full_record("killed-with-a-quiet-connection/signal=SIGKILL,client=closes,with=plain");
  EXPECT_THAT(lives_of(record, "server"),
              ElementsAre("started", "signalled SIGKILL", "ended killed by SIGKILL", "started",
                          "ended exit 22"));
}

TEST(ProcessesOnTheTimeline, StopAndGoOn) {
  const json record = full_record(kTimeWaitCell);
  for (const char* actor : {"server", "client"})
    EXPECT_THAT(lives_of(record, actor),
                ElementsAre("started", "signalled SIGSTOP", "stopped", "signalled SIGCONT",
                            "continued", "ended exit 0"))
        << actor;
}

TEST(ProcessesOnTheTimeline, AreInTheOrderOfTheirTimesAmongAllElse) {
  const json record = full_record(kTimeWaitCell);
  EXPECT_TRUE(std::ranges::is_sorted(record["timeline"], {}, [](const json& event) {
    return event["at_ns"].get<std::int64_t>();
  }));
}

/// "LISTEN server" for each entry of a table; "-" where nobody has it open.
std::vector<std::string> owners_in(const json& table) {
  std::vector<std::string> owners;
  for (const json& entry : table)
    owners.push_back(entry["state"].get<std::string>() + " " + entry.value("owner", "-"));
  return owners;
}

const json& table_after(const json& record, const std::string& step) {
  const auto found =
      std::ranges::find_if(record["steps"], [&](const json& one) { return one["text"] == step; });
  if (found == record["steps"].end()) throw std::runtime_error("no step " + step);
  return (*found)["table"];
}

TEST(OwnersInTables, AreTheActorsThatHaveASocketOpen) {
  const json record = full_record(kTimeWaitCell);
  EXPECT_THAT(owners_in(table_after(record, "server has 40 unread")),
              IsSupersetOf({"LISTEN server", "ESTABLISHED client"}));
  EXPECT_THAT(owners_in(table_after(record, "await server FIN_WAIT2")),
              testing::UnorderedElementsAre("FIN_WAIT2 -", "CLOSE_WAIT client"));
  EXPECT_THAT(owners_in(record["precondition"]["table"]), ElementsAre("TIME_WAIT -"));
}

TEST(OwnersInTables, AreTheirChildrenToo) {
  const json record = full_record("child-serves-on/first=plain,second=plain");
  EXPECT_THAT(owners_in(table_after(record, "server prints child ready")),
              Contains("ESTABLISHED server, server's child"));
  EXPECT_THAT(owners_in(record["precondition"]["table"]),
              testing::UnorderedElementsAre("ESTABLISHED server's child", "ESTABLISHED client"));
}

TEST(OptionsInTables, AreThoseThatAPeerHasSetSoFar) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "peer.toml",
      scenario_around("server runs peer\nserver calls socket s\nserver calls set s reuseaddr\n"
                      "server calls bind s 127.0.0.1:12000\nserver calls listen s\n"
                      "server calls set s both\nprecondition server LISTEN\nrebind with both\n",
                      "bound"));
  const json record = record_of({file, "--evidence", "full"});
  const auto options_after = [&](const char* step) {
    return table_after(record, step).at(0).value("options", "not known");
  };
  EXPECT_EQ(options_after("server calls listen s"), "reuseaddr");
  EXPECT_EQ(options_after("server calls set s both"), "both");
  EXPECT_EQ(record["precondition"]["table"][0]["options"], "both");
  EXPECT_EQ(record["precondition"]["table"][0]["owner"], "server");
}

TEST(OptionsInTables, StayWithWhatIsLeftOfASocket) {
  const json record = full_record("server-closes-first/first=reuseaddr,rebind=plain");
  const json& left = record["precondition"]["table"].at(0);
  EXPECT_EQ(left["state"], "TIME_WAIT");
  EXPECT_EQ(left["options"], "reuseaddr");
  EXPECT_FALSE(left.contains("owner"));
}

}  // namespace
}  // namespace timewait
