#include "harness/report/capture_comments.h"

#include <gmock/gmock.h>

#include <cerrno>

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Record kRecord{.steps = {{.text = "server runs echo_server"}, {.text = "server exits"}}};

std::vector<std::string> lines(decltype(Event::what) what) {
  return CaptureComments(kRecord).next({.what = std::move(what)});
}

TEST(CaptureComments, CountStepsFromOne) {
  EXPECT_THAT(lines(StepBegan{.index = 1}), ElementsAre("step 2: server exits"));
}

TEST(CaptureComments, NameAStepThatTheRecordDoesNotHold) {
  EXPECT_THAT(lines(StepBegan{.index = 2}), ElementsAre("step 3"));
}

TEST(CaptureComments, SayWhatBecameOfAProcess) {
  EXPECT_THAT(
      lines(ProcessChanged{
          .actor = "server", .pid = 7, .change = ProcessChange::signalled, .detail = "SIGKILL"}),
      ElementsAre("server gets SIGKILL"));
}

TEST(CaptureComments, TellTheChildrenOfAnActorFromItself) {
  CaptureComments comments(kRecord);
  const auto line = [&](int pid, ProcessChange change) {
    return comments.next({.what = ProcessChanged{.actor = "server", .pid = pid, .change = change}});
  };
  EXPECT_THAT(line(7, ProcessChange::started), ElementsAre("server starts"));
  EXPECT_THAT(line(8, ProcessChange::forked), ElementsAre("server's child 8 is forked"));
  EXPECT_THAT(line(8, ProcessChange::ended), ElementsAre("server's child 8 ends"));
  EXPECT_THAT(line(7, ProcessChange::ended), ElementsAre("server ends"));
}

TEST(CaptureComments, SayWhatACallGave) {
  EXPECT_THAT(lines(CallMade{{.call = SocketCall::bind,
                              .arguments = "0.0.0.0:12000",
                              .value = -1,
                              .error = EADDRINUSE}}),
              ElementsAre("attempt: bind(0.0.0.0:12000) = -1 EADDRINUSE"));
  EXPECT_THAT(lines(CallMade{{.call = SocketCall::socket, .value = 3}}),
              ElementsAre("attempt: socket() = 3"));
}

TEST(CaptureComments, LeaveSegmentsToTheReaderOfTheCapture) {
  EXPECT_THAT(lines(SegmentArrived{}), IsEmpty());
}

TEST(CaptureComments, CompareEachTableWithTheOneBefore) {
  SocketEntry entry{.local = *Endpoint::parse("0.0.0.0:12000"), .cookie = 1, .owner = "server"};
  CaptureComments comments(kRecord);
  EXPECT_THAT(comments.next({.what = TableSeen{.table = {entry}}}),
              ElementsAre("server 0.0.0.0:12000: BOUND"));
  entry.state = TcpState::listen;
  EXPECT_THAT(comments.next({.what = TableSeen{.table = {entry}}}),
              ElementsAre("server 0.0.0.0:12000: BOUND -> LISTEN"));
  EXPECT_THAT(comments.next({.what = TableSeen{.table = {entry}}}), IsEmpty());
}

TEST(CaptureComments, RememberWhoHeldAnEntry) {
  SocketEntry entry{.local = *Endpoint::parse("127.0.0.1:12000"), .cookie = 1, .owner = "server"};
  CaptureComments comments(kRecord);
  comments.next({.what = TableSeen{.table = {entry}}});
  entry.owner.clear();
  comments.next({.what = TableSeen{.table = {entry}}});
  entry.state = TcpState::time_wait;
  EXPECT_THAT(comments.next({.what = TableSeen{.table = {entry}}}),
              ElementsAre("server 127.0.0.1:12000: BOUND -> TIME_WAIT"));
}

}  // namespace
}  // namespace timewait
