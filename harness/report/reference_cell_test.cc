#include "harness/report/reference_cell.h"

#include <gmock/gmock.h>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_story.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr const char* kServer = "127.0.0.1:12000";

/// The server closed first; its preconditions were looked at.
Record record() {
  Record one = server_closes_first();
  one.preconditions = {{.actor = "client", .asked = "nothing", .seen = "nothing"},
                       {.actor = "server", .asked = "TIME_WAIT", .seen = "TIME_WAIT"}};
  one.predicted = PredictionRecord{.outcome = one.outcome};
  return one;
}

/// The same when the kernel binds the port.
Record bound() {
  Record one = record();
  one.outcome = Outcome::bound();
  one.verdict = Verdict::fail;
  return one;
}

ReferenceCells cells_of(const std::vector<Record>& records) {
  ReferenceCells cells;
  for (const Record& one : records) cells.add(one);
  return cells;
}

TEST(ReferenceCell, IsWhatWasSeenAndWhatCameOfIt) {
  const ReferenceCell cell = reference_cell_of(record());
  EXPECT_EQ(cell.name(), "server-closes-first/first=plain,rebind=plain");
  EXPECT_EQ(cell.verdict, Verdict::pass);
  EXPECT_EQ(cell.outcome, "bind:EADDRINUSE");
  EXPECT_EQ(cell.expected, "bind:EADDRINUSE");
  EXPECT_EQ(cell.predicted, "bind:EADDRINUSE");
  EXPECT_THAT(cell.seen, ElementsAre("client nothing", "server TIME_WAIT"));
  EXPECT_THAT(cell.states, ElementsAre("tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:*"));
  EXPECT_THAT(cell.varies, IsEmpty());
}

TEST(ReferenceCell, IsEmptyWhereThereIsNoOutcomeAndNoPrediction) {
  Record one = record();
  one.outcome.reset();
  one.predicted.reset();
  EXPECT_EQ(reference_cell_of(one).outcome, "");
  EXPECT_EQ(reference_cell_of(one).predicted, "");
}

TEST(ReferenceCell, LeavesOutWhatDiffersFromRunToRun) {
  Record other = record();
  SocketEntry& entry = other.table_before.front();
  entry.remote = endpoint("127.0.0.1:51234");
  entry.cookie = 99;
  entry.timer_left = std::chrono::milliseconds(1);
  other.duration = std::chrono::seconds(3);
  other.isolation = "another";
  other.steps.front().end += std::chrono::seconds(1);
  EXPECT_EQ(reference_cell_of(other), reference_cell_of(record()));
}

TEST(ReferenceCell, IsTheSameWhereACellHadNoNetworkOfItsOwn) {
  Record own = record();
  own.table_before.push_back(entry(TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0"));
  Record moved = own;
  moved.relocation = Relocation{.host = endpoint("127.9.8.7:0"),
                                .ports = {{12000, 20001}},
                                .wildcards = {12000},
                                .ephemeral = {.first = 30000, .last = 31000}};
  moved.attempt_place.endpoint = endpoint("127.9.8.7:20001");
  moved.table_before = {entry(TcpState::time_wait, "127.9.8.7:20001", "127.0.0.1:30500"),
                        entry(TcpState::listen, "127.9.8.7:20001", "0.0.0.0:0")};
  EXPECT_EQ(reference_cell_of(moved), reference_cell_of(own));
}

TEST(ReferenceCell, NamesThePortsThatTheScriptNames) {
  Record one = record();
  one.attempt_place.endpoint = endpoint("127.0.0.4:45000");
  one.table_before = {entry(TcpState::listen, "[::1]:45000", "[::]:0"),
                      entry(TcpState::established, "127.0.0.4:45000", "127.0.0.1:4500"),
                      entry(TcpState::established, "127.0.0.4:45000", "127.0.0.1:45001")};
  EXPECT_THAT(
      reference_cell_of(one).states,
      ElementsAre("tcp ESTABLISHED 127.0.0.4:* -> 127.0.0.1:*",
                  "tcp ESTABLISHED 127.0.0.4:* -> 127.0.0.1:4500", "tcp LISTEN [::1]:* -> [::]:0"));
  one.steps.front().text = "server runs listing3_server --at 127.0.0.4:45000 with plain";
  EXPECT_THAT(reference_cell_of(one).states,
              ElementsAre("tcp ESTABLISHED 127.0.0.4:45000 -> 127.0.0.1:*",
                          "tcp ESTABLISHED 127.0.0.4:45000 -> 127.0.0.1:4500",
                          "tcp LISTEN [::1]:45000 -> [::]:0"));
}

TEST(ReferenceCell, HasTheStatesOnTheAttemptedPortInOneOrder) {
  Record one = record();
  const SocketEntry waiting = time_wait_entry(kServer, "127.0.0.1:40312");
  const SocketEntry client = entry(TcpState::established, "127.0.0.1:40312", kServer);
  one.table_before = {waiting, client, listener()};
  Record other = one;
  other.table_before = {listener(), client, waiting};
  EXPECT_THAT(reference_cell_of(one).states,
              ElementsAre("tcp LISTEN 0.0.0.0:12000 -> 0.0.0.0:0",
                          "tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:*"));
  EXPECT_EQ(reference_cell_of(one), reference_cell_of(other));
}

TEST(ReferenceCells, AreOneForEachCellHoweverOftenItRan) {
  Record other = record();
  other.point = {{"first", "both"}};
  const ReferenceCells cells = cells_of({record(), other, record()});
  EXPECT_THAT(cells.cells(), ElementsAre(reference_cell_of(record()), reference_cell_of(other)));
}

TEST(ReferenceCells, AreTheWorstRunAndSayWhatVaries) {
  for (const auto& runs : {std::vector<Record>{record(), bound(), record()},
                           std::vector<Record>{bound(), record(), record()}}) {
    const ReferenceCell cell = cells_of(runs).cells().at(0);
    EXPECT_EQ(cell.verdict, Verdict::fail);
    EXPECT_EQ(cell.outcome, "bound");
    EXPECT_THAT(
        cell.varies,
        UnorderedElementsAre(Pair(CellAspect::verdict, ElementsAre("fail", "pass")),
                             Pair(CellAspect::outcome, ElementsAre("bind:EADDRINUSE", "bound"))));
  }
}

}  // namespace
}  // namespace timewait
