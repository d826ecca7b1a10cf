#include "harness/page/page_cell.h"

#include <gmock/gmock.h>

#include "harness/page/test_page.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

/// The cell of a record that ran once.
Json cell_of(const Record& record, PageCells& cells) {
  const SmallRun run({record});
  return cells.json(record, run.matrix().themes()[0].scenarios[0].cells[0], 0);
}

Json cell_of(const Record& record) {
  PageCells cells;
  return cell_of(record, cells);
}

TEST(PageCell, HasWhatTheCellDidAndSaw) {
  PageCells cells;
  Json json = cell_of(held_port("plain"), cells);
  EXPECT_EQ(json, Json::parse(R"({
    "scenario": 0, "name": "first=plain,rebind=plain",
    "verdict": "pass", "outcome": "bind:EADDRINUSE", "seen": "TIME_WAIT",
    "why": {"en": 0, "zh": 0}, "rules": [0, 1],
    "attempt": [["socket", "tcp", 9], ["bind", "0.0.0.0:12000", -1, "EADDRINUSE"]],
    "attempt_by": 1,
    "precondition": [["server", "TIME_WAIT", "TIME_WAIT"]],
    "actors": [["server", 2, 3], ["client", -1, -1]],
    "ladder": {
      "titles": {"server": "server 0.0.0.0:12000", "client": "client"},
      "warnings": [4], "holders": [5], "conclusion": 6,
      "lines": [[0,  100,  7, -1, 0, 0, -1, -1, 0, 0, 0, 0],
                [0, 2000,  8, -1, 0, 0, -1, -1, 0, 0, 0, 0],
                [2, 3000, -1, -1, 0, 0,  9, -1, 0, 0, 1, 0],
                [0, 3000, 10, 11, 0, 0, -1, -1, 0, 0, 1, 0],
                [4, 3000, 12, -1, 0, 0, -1, -1, 0, 0, 1, 0],
                [4, 3000, 13, -1, 0, 0, -1, -1, 0, 1, 1, 0]]},
    "ends": [{"side": 0, "local": "127.0.0.1:12000", "remote": "127.0.0.1:40312",
              "moments": [[3000, "TIME_WAIT"]]}]})"))
      << json.dump(1);
  EXPECT_THAT(cells.texts().texts(),
              testing::ElementsAre(
                  "TIME_WAIT holds it.", "rebind", "chat_server --with plain", "exit 0",
                  "kept without its evidence: no segments, no processes; run with --evidence full",
                  "held by TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40312, no process, 59.99 s left",
                  "bind:EADDRINUSE, as expected", "server runs chat_server",
                  "precondition server TIME_WAIT", "TIME_WAIT", "rebind with plain",
                  "bind:EADDRINUSE", "socket(tcp) = 9", "bind(0.0.0.0:12000) = -1 EADDRINUSE"));
}

TEST(PageCell, SaysWhatWasExpectedOrPredictedInstead) {
  Record record = held_port("plain");
  record.verdict = Verdict::fail;
  record.reason = "expected bound";
  record.expected = Outcome::bound();
  record.predicted->outcome = Outcome::bound();
  record.promised = Outcome::bound();
  const Json json = cell_of(record);
  EXPECT_EQ(json["expected"], "bound");
  EXPECT_EQ(json["predicted"], "bound");
  EXPECT_EQ(json["promised"], "bound");
  EXPECT_EQ(json["reason"], "expected bound");
}

TEST(PageCell, SaysThatTheModelSaysNothing) {
  Record record = held_port("plain");
  record.predicted.reset();
  const Json json = cell_of(record);
  EXPECT_TRUE(json.contains("predicted") && json["predicted"].is_null());
  EXPECT_FALSE(json.contains("why"));
  EXPECT_FALSE(json.contains("rules"));
}

TEST(PageCell, WithoutAnAttemptHasNoOutcome) {
  Record record = held_port("plain");
  record.verdict = Verdict::skip;
  record.outcome.reset();
  record.attempt.clear();
  const Json json = cell_of(record);
  EXPECT_FALSE(json.contains("outcome"));
  EXPECT_FALSE(json.contains("attempt"));
  EXPECT_EQ(json["expected"], "bind:EADDRINUSE");
}

TEST(PageCell, NamesProgramsWithoutTheirFolders) {
  Record record = held_port("plain");
  record.attempt_by = "/opt/programs/chat_server --with plain";
  PageCells cells;
  cell_of(record, cells);
  EXPECT_THAT(cells.texts().texts(), testing::Contains("chat_server --with plain"));
  EXPECT_THAT(cells.texts().texts(), testing::Not(testing::Contains(testing::HasSubstr("/opt/"))));
}

TEST(PageCell, SaysWhyInBothLanguages) {
  Record record = held_port("plain");
  record.predicted->why = {saying_of(Rule::both_reuseaddr)};
  PageCells cells;
  EXPECT_EQ(cell_of(record, cells)["why"], Json::parse(R"({"en": 0, "zh": 1})"));
  EXPECT_EQ(cells.texts().texts()[0], text(record.predicted->why, Language::en));
  EXPECT_EQ(cells.texts().texts()[1], text(record.predicted->why, Language::zh));
}

}  // namespace
}  // namespace timewait
