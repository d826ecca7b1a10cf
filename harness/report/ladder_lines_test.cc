#include "harness/report/ladder_lines.h"

#include <gmock/gmock.h>

#include <cerrno>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_examples.h"
#include "harness/report/record_story.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A cell of server and client in which nothing has happened yet.
RecordStory nothing_yet() {
  Record record = server_closes_first();
  record.steps.clear();
  record.attempt.clear();
  record.table_before.clear();
  record.table_after.clear();
  record.evidence->timeline.clear();
  return RecordStory(record);
}

std::vector<Life> lives_of_server(const Record& record) {
  std::vector<Life> lives;
  for (const LadderLine& line : ladder_diagram(record).lines) lives.push_back(line.lives.server);
  return lives;
}

const Table kListening{entry(TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0")};
const Table kWaiting{entry(TcpState::time_wait, "127.0.0.1:12000", "127.0.0.1:40312", false)};

TEST(LadderDiagram, ShowsThatTheKernelHoldsWhatNoProcessHolds) {
  RecordStory story = nothing_yet();
  story.step("server exits").process("server", 2, ProcessChange::started).table(kListening);
  story.process("server", 2, ProcessChange::ended).table(kWaiting).table({});
  EXPECT_THAT(lives_of_server(story.record),
              ElementsAre(Life::none, Life::process, Life::process, Life::kernel, Life::kernel,
                          Life::kernel, Life::none));
}

TEST(LadderDiagram, ShowsAProcessUntilItsLastChildHasEnded) {
  RecordStory story = nothing_yet();
  story.process("server", 2, ProcessChange::started).process("server", 3, ProcessChange::forked);
  story.process("server", 2, ProcessChange::ended).process("server", 2, ProcessChange::signalled);
  story.process("server", 3, ProcessChange::ended);
  EXPECT_THAT(lives_of_server(story.record),
              ElementsAre(Life::process, Life::process, Life::process, Life::process, Life::none));
}

TEST(LadderDiagram, ShowsThatAnUnknownProcessHoldsAnEntry) {
  RecordStory story = nothing_yet();
  story.step("server runs nc").table(kListening).table(kWaiting);
  EXPECT_THAT(lives_of_server(story.record),
              ElementsAre(Life::none, Life::process, Life::kernel, Life::kernel));
}

TEST(LadderDiagram, JoinsASignalWithWhatItDoesAtOnce) {
  RecordStory story = nothing_yet();
  story.process("server", 2, ProcessChange::signalled, "SIGSTOP");
  story.process("server", 2, ProcessChange::stopped);
  story.process("server", 2, ProcessChange::signalled, "SIGCONT");
  story.process("client", 3, ProcessChange::continued);
  std::vector<std::string> texts;
  for (const LadderLine& line : ladder_diagram(story.record).lines) texts.push_back(line.text);
  EXPECT_THAT(texts, ElementsAre("gets SIGSTOP, stops", "gets SIGCONT", "goes on"));
}

TEST(LadderDiagram, MarksWhatIsAlarming) {
  RecordStory story = nothing_yet();
  story.process("server", 2, ProcessChange::signalled, "SIGKILL").tcp(12000, 40312, "R");
  story.process("server", 2, ProcessChange::signalled, "SIGINT").tcp(12000, 40312, "A");
  story.call({.call = SocketCall::bind, .error = EADDRINUSE}).call({.call = SocketCall::listen});
  std::vector<bool> alarms;
  for (const LadderLine& line : ladder_diagram(story.record).lines)
    alarms.push_back(line.is_alarming);
  EXPECT_THAT(alarms, ElementsAre(true, true, false, false, true, false));
}

TEST(LadderDiagram, AddsTheCallsThatATimelineLacks) {
  RecordStory story = nothing_yet();
  story.at(3).step("server restarts");
  story.record.attempt = {{.call = SocketCall::listen}};
  const LadderLine last = ladder_diagram(story.record).lines.back();
  EXPECT_EQ(last.text, "listen() = 0");
  EXPECT_EQ(last.at, std::chrono::milliseconds(3));
}

TEST(LadderDiagram, PassesOverAStepThatTheRecordDoesNotHave) {
  RecordStory story = nothing_yet();
  story.step("server exits");
  story.record.steps.clear();
  EXPECT_THAT(ladder_diagram(story.record).lines, IsEmpty());
}

TEST(LadderDiagram, CallsTheClientsLifelineOtherEndWhenNobodyIsNamed) {
  RecordStory story = nothing_yet();
  story.record.actors.pop_back();
  EXPECT_EQ(ladder_diagram(story.record).titles.client, "");
  story.tcp(40312, 12000, "S");
  EXPECT_EQ(ladder_diagram(story.record).titles.client, "other end");
}

TEST(LadderDiagram, HasNoWarningsWhenNothingIsMissing) {
  EXPECT_THAT(ladder_diagram(server_closes_first()).warnings, IsEmpty());
}

TEST(LadderDiagram, ConcludesWithTheReasonOfWhatIsNoPass) {
  Record record = server_closes_first();
  EXPECT_EQ(ladder_diagram(record).conclusion, "bind:EADDRINUSE, as expected");
  record.verdict = Verdict::fail;
  record.reason = "expected bound, got bind:EADDRINUSE";
  EXPECT_EQ(ladder_diagram(record).conclusion, "expected bound, got bind:EADDRINUSE");
  record.verdict = Verdict::inconclusive;
  record.reason = "the state was not seen";
  EXPECT_EQ(ladder_diagram(record).conclusion,
            "the state was not seen; the attempt gave bind:EADDRINUSE");
  record.outcome.reset();
  EXPECT_EQ(ladder_diagram(record).conclusion, "the state was not seen");
}

TEST(LadderDiagram, IsNamedAfterTheCell) {
  EXPECT_EQ(ladder_diagram(server_closes_first()).name,
            "server-closes-first/first=plain,rebind=plain");
  EXPECT_EQ(ladder_diagram(connected_to_itself()).name, "socket-connected-to-itself");
}

}  // namespace
}  // namespace timewait
