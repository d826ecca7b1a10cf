#include "harness/scenario/cell_expansion.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cerrno>

namespace timewait {
namespace {

using testing::ElementsAre;

const Variation kFirst{
    .name = "first", .values = {{.label = "plain", .fields = {}}, {.label = "both", .fields = {}}}};
const Variation kHow{.name = "how",
                     .values = {{.label = "ends", .fields = {{"does", "exits with 0"}}},
                                {.label = "dies", .fields = {{"does", "dies of SIGKILL"}}}}};

/// Expands a script that begins in the second line of its file; in the first stands the
/// expectation.
std::vector<Cell> expand(const std::vector<Variation>& variations, const std::string& script,
                         const std::string& expected = "bound") {
  const SourceText source("a.toml", expected + "\n" + script);
  const TextBlock expect{.at = {}, .lines = {{.at = {}, .text = source.line(1)}}};
  TextBlock block{.at = {.line = 2}, .lines = {}};
  for (int line = 2; !source.line(line).empty(); ++line)
    block.lines.push_back({.at = {.line = line}, .text = source.line(line)});
  Scenario scenario{.variations = variations};
  expand_cells(source, block, expect, nullptr, scenario);
  return scenario.cells;
}

std::string error_of(const std::vector<Variation>& variations, const std::string& script,
                     const std::string& expected = "bound") {
  try {
    expand(variations, script, expected);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

std::vector<std::string> names_of(const std::vector<Cell>& cells) {
  std::vector<std::string> names(cells.size());
  std::ranges::transform(cells, names.begin(), cell_name, &Cell::point);
  return names;
}

std::vector<std::string> texts_of(const Cell& cell) {
  std::vector<std::string> texts(cell.steps.size());
  std::ranges::transform(cell.steps, texts.begin(), &Step::text);
  return texts;
}

const std::string kAttempt = "\nprecondition server LISTEN\nrebind";

TEST(CellExpansion, MakesOneCellWhenNothingIsVaried) {
  const auto cells = expand({}, "server runs message_server" + kAttempt);
  EXPECT_THAT(names_of(cells), ElementsAre("-"));
  EXPECT_THAT(texts_of(cells[0]),
              ElementsAre("server runs message_server", "precondition server LISTEN", "rebind"));
}

TEST(CellExpansion, VariesTheLastVariationFastest) {
  EXPECT_THAT(names_of(expand({kHow, kFirst}, "server runs message_server" + kAttempt)),
              ElementsAre("how=ends,first=plain", "how=ends,first=both", "how=dies,first=plain",
                          "how=dies,first=both"));
}

TEST(CellExpansion, ReplacesNamesByLabels) {
  const auto cells = expand({kFirst}, "server runs message_server with {first}" + kAttempt);
  EXPECT_EQ(cells[0].steps[0].options, OptionSet::plain);
  EXPECT_EQ(cells[1].steps[0].options, OptionSet::both);
}

TEST(CellExpansion, WritesOutRepeatsAfterReplacing) {
  const auto cells =
      expand({kFirst},
             "server runs peer\nrepeat 2 times\nserver calls socket {first}@\n"
             "end\nprecondition server nothing\nserver attempts bind {first}2 127.0.0.1:1");
  EXPECT_THAT(
      texts_of(cells[1]),
      ElementsAre("server runs peer", "server calls socket both1", "server calls socket both2",
                  "precondition server nothing", "server attempts bind both2 127.0.0.1:1"));
}

TEST(CellExpansion, ReplacesFieldsByAnyNumberOfWords) {
  const auto cells = expand({kHow}, "server runs message_server\nserver {how.does}" + kAttempt);
  EXPECT_EQ(cells[0].steps[1].text, "server exits with 0");
  EXPECT_EQ(cells[1].steps[1].text, "server dies of SIGKILL");
}

TEST(CellExpansion, ReplacesWithinAWordAndTwiceInOne) {
  const auto cells = expand({kFirst, kHow},
                            "server runs message_server\nserver prints <{first}-{how}>" + kAttempt);
  EXPECT_EQ(cells[3].steps[1].phrase, "<both-dies>");
}

TEST(CellExpansion, LeavesAStepOutWhoseFieldIsEmpty) {
  const Variation step{.name = "step",
                       .values = {{.label = "none", .fields = {{"is", ""}}},
                                  {.label = "one", .fields = {{"is", "server stays"}}}}};
  const auto cells = expand({step}, "server runs message_server\n{step.is}" + kAttempt);
  EXPECT_EQ(cells[0].steps.size(), 3u);
  EXPECT_EQ(cells[1].steps.size(), 4u);
}

TEST(CellExpansion, LeavesCommentsAlone) {
  EXPECT_THAT(names_of(expand({}, "# {nothing}\nserver runs message_server # {" + kAttempt)),
              ElementsAre("-"));
}

TEST(CellExpansion, GivesEachCellItsActors) {
  const auto cells = expand({kFirst}, "server runs message_server" + kAttempt);
  EXPECT_EQ(cells[1].actor("server").place->endpoint.text(), "0.0.0.0:12000");
}

TEST(CellExpansion, GivesEachCellWhatIsPromisedForIt) {
  const SourceText source("a.toml",
                          "bound\nplain both\n- bind:EACCES\nserver tries message_server");
  const auto block = [&](int first, int last) {
    TextBlock lines{.at = {.line = first}, .lines = {}};
    for (int line = first; line <= last; ++line)
      lines.lines.push_back({.at = {.line = line}, .text = source.line(line)});
    return lines;
  };
  const SourceText script("a.toml", "precondition server nothing\nserver tries message_server");
  const TextBlock steps{.at = {},
                        .lines = {{.at = {.line = 1}, .text = script.line(1)},
                                  {.at = {.line = 2}, .text = script.line(2)}}};
  const TextBlock promised = block(2, 3);
  Scenario scenario{.variations = {kFirst}};
  expand_cells(source, steps, block(1, 1), &promised, scenario);
  EXPECT_EQ(scenario.cells[0].promised, std::nullopt);
  EXPECT_EQ(scenario.cells[1].promised, Outcome::failed(SocketCall::bind, EACCES));
}

TEST(CellExpansion, PointsAtTheBraceThatIsWrong) {
  const std::string runs = "server runs message_server\n";
  const struct {
    const char* name;
    std::string script;
    const char* message;
  } rows[] = {
      {"nothing of that name", runs + "server prints {second}",
       "a.toml:3:15: nothing called \"second\" is varied\n"
       "  server prints {second}\n"
       "                ^"},
      {"no name", runs + "server prints {}",
       "a.toml:3:15: nothing called \"\" is varied\n"
       "  server prints {}\n"
       "                ^"},
      {"no such field", runs + "server {how.says}",
       "a.toml:3:8: the value \"ends\" of \"how\" has no \"says\"\n"
       "  server {how.says}\n"
       "         ^"},
      {"never closed", runs + "server prints {how",
       "a.toml:3:15: this { is never closed\n"
       "  server prints {how\n"
       "                ^"},
      {"a word that the value brought", runs + "server exits with {how}",
       "a.toml:3:19: \"ends\" is no number\n"
       "  server exits with {how}\n"
       "                    ^"},
      {"one of several words that the value brought", runs + "server stays {how.does}",
       "a.toml:3:14: \"exits\" is too much here; this step wants: ACTOR stays\n"
       "  server stays {how.does}\n"
       "               ^"},
  };
  for (const auto& row : rows) EXPECT_EQ(error_of({kHow}, row.script), row.message) << row.name;
}

TEST(CellExpansion, LimitsTheLengthOfAStep) {
  const Variation long_one{.name = "long",
                           .values = {{.label = "one", .fields = {{"x", std::string(600, 'x')}}}}};
  for (const char* step : {"server prints {long.x}{long.x}", "server prints {long.x} {long.x}"})
    EXPECT_THAT(error_of({long_one}, "server runs message_server\n" + std::string(step)),
                testing::MatchesRegex("a.toml:3:(15|24): a step has at most 1000 bytes\n.*"));
}

TEST(CellExpansion, LimitsTheStepsOfAllCells) {
  Variation many{.name = "many", .values = {}};
  for (int i = 0; i < 101; ++i) many.values.push_back({.label = std::to_string(i), .fields = {}});
  const std::string stays =
      "server runs message_server\nrepeat 998 times\nserver stays\nserver stays\nend";
  EXPECT_THAT(error_of({many}, stays + kAttempt),
              testing::StartsWith("a.toml:2:1: all cells together have more than 200000 steps\n"));
}

TEST(CellExpansion, PointsAtTheBraceAlsoForALaterWordOfAValue) {
  const Variation how{.name = "how",
                      .values = {{.label = "a", .fields = {{"does", "exits with luck"}}}}};
  EXPECT_EQ(error_of({how}, "server runs message_server\nserver {how.does}"),
            "a.toml:3:8: \"luck\" is no number\n"
            "  server {how.does}\n"
            "         ^");
}

TEST(CellExpansion, DoesNotReplaceBracesThatAValueBrings) {
  const Variation braces{.name = "text", .values = {{.label = "{how}", .fields = {}}}};
  const auto cells =
      expand({braces, kHow}, "server runs message_server\nserver prints {text}" + kAttempt);
  EXPECT_EQ(cells[0].steps[1].phrase, "{how}");
}

TEST(CellExpansion, RefusesARepetitionThatCannotEndAsExpected) {
  const std::string begin = "server runs message_server\nprecondition server LISTEN\n";
  EXPECT_EQ(error_of({}, begin + "rebind until bound after 60 s", "bind:EADDRINUSE"),
            "a.toml:4:1: this ends when it is bound, but bind:EADDRINUSE is expected\n"
            "  rebind until bound after 60 s\n"
            "  ^");
  EXPECT_EQ(error_of({}, begin + "rebind for 64 s", "bound"),
            "a.toml:4:1: this is for a port that stays in use, but bound is expected\n"
            "  rebind for 64 s\n"
            "  ^");
  EXPECT_EQ(error_of({}, begin + "rebind until bound after 60 s", "bound"), "nothing is wrong");
  EXPECT_EQ(error_of({}, begin + "rebind for 64 s", "bind:EADDRINUSE"), "nothing is wrong");
}

TEST(CellExpansion, RefusesAScriptWithoutSteps) {
  EXPECT_THAT(error_of({}, "# nothing"),
              testing::StartsWith("a.toml:2:1: the last step must be the attempt"));
}

}  // namespace
}  // namespace timewait
