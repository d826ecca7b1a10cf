#include "harness/report/reference_json.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::HasSubstr;

const ReferenceCell kCell{.scenario = "server-closes-first",
                          .point = {{"first", "plain"}, {"rebind", "both"}},
                          .verdict = Verdict::pass,
                          .outcome = "bind:EADDRINUSE",
                          .expected = "bind:EADDRINUSE",
                          .predicted = "bind:EADDRINUSE",
                          .seen = {"server TIME_WAIT"},
                          .states = {"tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:*"}};

/// What is said of a line that is none.
std::string refusal(const std::string& line) {
  try {
    read_reference_cell(line);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

TEST(ReferenceJson, IsOneLineInOneOrder) {
  EXPECT_EQ(
      to_json_line(kCell),
      R"({"schema":"timewait.reference/1","scenario":"server-closes-first",)"
      R"("cell":{"first":"plain","rebind":"both"},"verdict":"pass","outcome":"bind:EADDRINUSE",)"
      R"("seen":["server TIME_WAIT"],"states":["tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:*"]})");
}

TEST(ReferenceJson, SaysOnlyWhatDiffersFromTheOutcome) {
  ReferenceCell cell = kCell;
  cell.expected = "bound";
  cell.predicted = "";
  EXPECT_THAT(
      to_json_line(cell),
      HasSubstr(R"("outcome":"bind:EADDRINUSE","expected":"bound","predicted":null,"seen")"));
}

TEST(ReferenceJson, IsReadBackAsItWas) {
  ReferenceCell without_outcome = kCell;
  without_outcome.verdict = Verdict::inconclusive;
  without_outcome.outcome = "";
  ReferenceCell unknown = kCell;
  unknown.predicted = "";
  ReferenceCell varying = kCell;
  varying.varies = {{CellAspect::outcome, {"bound", "bind:EADDRINUSE"}},
                    {CellAspect::states, {"", "tcp LISTEN 0.0.0.0:12000 -> 0.0.0.0:0"}}};
  for (const ReferenceCell& cell : {kCell, without_outcome, unknown, varying, ReferenceCell()})
    EXPECT_EQ(read_reference_cell(to_json_line(cell)), cell) << to_json_line(cell);
}

TEST(ReferenceJson, RefusesWhatIsNoLineOfAReference) {
  EXPECT_EQ(refusal("nonsense"), "this is no line of a reference: it is no JSON from column 2 on");
  EXPECT_EQ(refusal("{}"), "this is no line of a reference: schema is missing");
  EXPECT_EQ(refusal(R"({"schema":"timewait.record/1"})"),
            "a line of a reference has the schema \"timewait.record/1\", not timewait.reference/1");
  std::string line = to_json_line(kCell);
  line.replace(line.find("pass"), 4, "good");
  EXPECT_EQ(refusal(line), "this is no line of a reference: verdict: \"good\" is no verdict");
}

TEST(ReferenceJson, NamesWhatCannotVary) {
  ReferenceCell cell = kCell;
  cell.varies = {{CellAspect::states, {"", "a"}}};
  std::string line = to_json_line(cell);
  line.replace(line.find("\"states\":[\"\""), 8, "\"colour\"");
  EXPECT_EQ(refusal(line),
            "this is no line of a reference: varies: \"colour\" is none of verdict, outcome, "
            "expected, predicted, seen, states");
}

}  // namespace
}  // namespace timewait
