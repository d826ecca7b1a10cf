// What becomes of a cell on the machine's own loopback when somebody else comes to its ports.

#include <gmock/gmock.h>

#include <cerrno>

#include "harness/run/record.h"

namespace timewait {
namespace {

const SocketEntry kStranger{.protocol = Protocol::tcp,
                            .state = TcpState::listen,
                            .local = *Endpoint::parse("0.0.0.0:4386")};

/// The record of a cell whose attempt should have been bound over its own TIME_WAIT.
Record refused_record() {
  const ActorPlace place{.endpoint = *Endpoint::parse("127.9.8.7:4386")};
  const SocketEntry own{.state = TcpState::time_wait, .local = place.endpoint, .cookie = 1};
  return {
      .outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
      .expected = Outcome::bound(),
      .attempt = {{.call = SocketCall::bind, .value = -1, .error = EADDRINUSE}},
      .preconditions = {{.actor = "server", .asked = "TIME_WAIT", .seen = "TIME_WAIT"}},
      .precondition_places = {place},
      .attempt_place = place,
      .table_before = {own},
      .table_after = {own},
      .steps = {{.text = "server runs"}, {.text = "rebind"}},
      .relocation = Relocation{.host = *Endpoint::parse("127.9.8.7:0"), .ports = {{12000, 4386}}}};
}

TEST(JudgeOfAStranger, FailsWithoutOne) {
  Record record = refused_record();
  judge(record);
  EXPECT_EQ(record.verdict, Verdict::fail) << record.reason;
}

TEST(JudgeOfAStranger, IsInconclusiveWhereverHeIsSeen) {
  Record before = refused_record();
  before.table_before.push_back(kStranger);
  Record after = refused_record();
  after.table_after.push_back(kStranger);
  Record meanwhile = refused_record();
  meanwhile.steps[0].table = Table{kStranger};
  Record on_timeline = refused_record();
  on_timeline.evidence.emplace().timeline = {{.what = TableSeen{.table = {kStranger}}}};
  Record broken = meanwhile;
  broken.trouble = Trouble{.verdict = Verdict::error, .text = "server ended"};
  for (Record* record : {&before, &after, &meanwhile, &on_timeline, &broken}) {
    judge(*record);
    EXPECT_EQ(record->verdict, Verdict::inconclusive);
    EXPECT_EQ(record->reason, "somebody else's tcp LISTEN 0.0.0.0:4386 came to a port of the cell");
  }
}

TEST(JudgeOfAStranger, IsNobodyInANetworkOfTheCellsOwn) {
  Record record = refused_record();
  record.relocation.reset();
  record.table_after.push_back(kStranger);
  judge(record);
  EXPECT_EQ(record.verdict, Verdict::fail) << record.reason;
}

}  // namespace
}  // namespace timewait
