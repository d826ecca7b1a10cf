#include "harness/report/event_text.h"

#include <gmock/gmock.h>

#include <cerrno>

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Record kRecord{.steps = {{.text = "server runs echo_server"}, {.text = "server exits"}}};

std::vector<std::string> lines(decltype(Event::what) what) {
  return EventTexts(kRecord).next({.what = std::move(what)});
}

TEST(EventTexts, CountStepsFromOne) {
  EXPECT_THAT(lines(StepBegan{.index = 1}), ElementsAre("step 2: server exits"));
}

TEST(EventTexts, NameAStepThatTheRecordDoesNotHold) {
  EXPECT_THAT(lines(StepBegan{.index = 2}), ElementsAre("step 3"));
}

TEST(EventTexts, SayWhatBecameOfAProcess) {
  const struct {
    ProcessChange change;
    const char* detail;
    const char* line;
  } rows[] = {
      {ProcessChange::started, "echo_server --with plain",
       "server started: echo_server --with plain"},
      {ProcessChange::forked, "", "server forked process 7"},
      {ProcessChange::executed, "echo_server", "server executed echo_server"},
      {ProcessChange::signalled, "SIGKILL", "server got SIGKILL"},
      {ProcessChange::stopped, "", "server stopped"},
      {ProcessChange::continued, "", "server continued"},
      {ProcessChange::ended, "exit 0", "server ended: exit 0"},
      {ProcessChange::ended, "", "server ended"},
  };
  ASSERT_EQ(std::size(rows), kProcessChanges.rows().size() + 1);
  for (const auto& row : rows)
    EXPECT_THAT(lines(ProcessChanged{
                    .actor = "server", .pid = 7, .change = row.change, .detail = row.detail}),
                ElementsAre(row.line));
}

TEST(EventTexts, TellTheChildrenOfAnActorFromItself) {
  EventTexts texts(kRecord);
  const auto line = [&](int pid, ProcessChange change) {
    return texts.next({.what = ProcessChanged{.actor = "server", .pid = pid, .change = change}});
  };
  EXPECT_THAT(line(7, ProcessChange::started), ElementsAre("server started"));
  EXPECT_THAT(line(8, ProcessChange::forked), ElementsAre("server forked process 8"));
  EXPECT_THAT(line(8, ProcessChange::ended), ElementsAre("process 8 of server ended"));
  EXPECT_THAT(line(7, ProcessChange::ended), ElementsAre("server ended"));
}

TEST(EventTexts, SayWhatACallGave) {
  EXPECT_THAT(lines(CallMade{{.call = SocketCall::bind,
                              .arguments = "0.0.0.0:12000",
                              .value = -1,
                              .error = EADDRINUSE}}),
              ElementsAre("attempt: bind(0.0.0.0:12000) gave EADDRINUSE"));
  EXPECT_THAT(lines(CallMade{{.call = SocketCall::socket, .value = 3}}),
              ElementsAre("attempt: socket() gave 3"));
}

TEST(EventTexts, LeaveSegmentsToTheReaderOfTheCapture) {
  EXPECT_THAT(lines(SegmentArrived{}), IsEmpty());
}

TEST(EventTexts, CompareEachTableWithTheOneBefore) {
  SocketEntry entry{.local = *Endpoint::parse("0.0.0.0:12000"), .cookie = 1, .owner = "server"};
  EventTexts texts(kRecord);
  EXPECT_THAT(texts.next({.what = TableSeen{.table = {entry}}}),
              ElementsAre("server 0.0.0.0:12000: BOUND"));
  entry.state = TcpState::listen;
  EXPECT_THAT(texts.next({.what = TableSeen{.table = {entry}}}),
              ElementsAre("server 0.0.0.0:12000: BOUND -> LISTEN"));
  EXPECT_THAT(texts.next({.what = TableSeen{.table = {entry}}}), IsEmpty());
}

TEST(EventTexts, RememberWhoHeldAnEntry) {
  SocketEntry entry{.local = *Endpoint::parse("127.0.0.1:12000"), .cookie = 1, .owner = "server"};
  EventTexts texts(kRecord);
  texts.next({.what = TableSeen{.table = {entry}}});
  entry.owner.clear();
  texts.next({.what = TableSeen{.table = {entry}}});
  entry.state = TcpState::time_wait;
  EXPECT_THAT(texts.next({.what = TableSeen{.table = {entry}}}),
              ElementsAre("server 127.0.0.1:12000: BOUND -> TIME_WAIT"));
}

TEST(OutcomeText, SaysWhenThereIsNone) {
  EXPECT_EQ(outcome_text({.outcome = Outcome::bound()}), "outcome bound");
  EXPECT_EQ(outcome_text({}), "no outcome");
}

}  // namespace
}  // namespace timewait
