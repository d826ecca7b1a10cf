#include "harness/page/page_ladder.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using Kind = LadderLine::Kind;
using std::chrono::microseconds;

TEST(PageLadder, HasTheFieldsOfEachLineInOrder) {
  LadderDiagram diagram;
  diagram.lines = {
      {.kind = Kind::step, .at = microseconds(5), .text = "server exits", .note = "exit 0"},
      {.kind = Kind::segment,
       .at = microseconds(7),
       .text = "RST",
       .from = Lifeline::client,
       .to = Lifeline::server,
       .is_alarming = true},
      {.kind = Kind::states,
       .at = microseconds(9),
       .states = {.server = "TIME_WAIT", .client = "(gone)"},
       .lives = {.server = Life::kernel, .client = Life::process}},
      {.kind = Kind::process,
       .at = microseconds(11),
       .text = "ends, exit 0",
       .from = Lifeline::client,
       .change = ProcessChange::ended}};
  TextPool pool;
  EXPECT_EQ(ladder_json(diagram, pool)["lines"], Json::parse(R"([
    [0,  5,  0,  1, 0, 0, -1, -1, 0, 0, 0, 0],
    [1,  7,  2, -1, 1, 0, -1, -1, 0, 1, 0, 0],
    [2,  9, -1, -1, 0, 0,  3,  4, 0, 0, 1, 2],
    [3, 11,  5, -1, 1, 0, -1, -1, 6, 0, 0, 0]])"));
  EXPECT_THAT(pool.texts(), testing::ElementsAre("server exits", "exit 0", "RST", "TIME_WAIT",
                                                 "(gone)", "ends, exit 0"));
}

TEST(PageLadder, HasWhatStandsAroundTheLines) {
  TextPool pool;
  EXPECT_EQ(ladder_json({.warnings = {"w"},
                         .titles = {.server = "server 0.0.0.0:12000", .client = ""},
                         .conclusion = "c",
                         .holders = {"h", "w"}},
                        pool),
            Json::parse(R"({"titles": {"server": "server 0.0.0.0:12000"}, "warnings": [0],
                            "holders": [1, 0], "conclusion": 2, "lines": []})"));
}

TEST(PageLadder, LeavesOutWhatIsEmpty) {
  TextPool pool;
  EXPECT_EQ(ladder_json({}, pool), Json::parse(R"({"titles": {}, "lines": []})"));
}

/// The page's script counts on these.
TEST(PageLadder, NumbersItsVocabularies) {
  EXPECT_EQ(static_cast<int>(Kind::call), 4);
  EXPECT_EQ(static_cast<int>(Life::process), 2);
  EXPECT_EQ(static_cast<int>(Lifeline::client), 1);
  EXPECT_EQ(static_cast<int>(ProcessChange::started), 0);
  EXPECT_EQ(static_cast<int>(ProcessChange::signalled), 3);
}

}  // namespace
}  // namespace timewait
