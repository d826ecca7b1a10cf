#include "harness/scenario/repeated_lines.h"

#include <gmock/gmock.h>

#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

using testing::ElementsAre;

/// The lines of `script` as they are when its repeats are written out.
std::vector<std::string> written_out(const std::string& script) {
  const SourceText source("a.toml", script);
  std::vector<WordedLine> lines;
  for (int number = 1; !source.line(number).empty(); ++number)
    lines.push_back({.number = number,
                     .tokens = tokens_of({.at = {.line = number}, .text = source.line(number)})});
  std::vector<std::string> texts;
  for (const WordedLine& line : write_out_repeats(source, lines))
    texts.push_back(
        ScriptLine{.source = source, .number = line.number, .tokens = line.tokens}.joined(
            0, line.tokens.size()));
  return texts;
}

std::string error_of(const std::string& script) {
  try {
    written_out(script);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

TEST(RepeatedLines, StandAsOftenAsTheyAreRepeated) {
  EXPECT_THAT(written_out("a\nrepeat 2 times\nb\nc\nend\nd"),
              ElementsAre("a", "b", "c", "b", "c", "d"));
}

TEST(RepeatedLines, AreNumberedWhereTheyHaveAnAt) {
  EXPECT_THAT(written_out("x@\nrepeat 3 times\nc@ 127.0.0.@:@\nend"),
              ElementsAre("x@", "c1 127.0.0.1:1", "c2 127.0.0.2:2", "c3 127.0.0.3:3"));
}

TEST(RepeatedLines, MayComeMoreThanOnce) {
  EXPECT_THAT(written_out("repeat 1 times\na\nend\nrepeat 2 times\nb@\nend"),
              ElementsAre("a", "b1", "b2"));
}

TEST(RepeatedLines, KeepTheNumberThatTheyHaveInTheFile) {
  const SourceText source("a.toml", "");
  const auto lines =
      write_out_repeats(source, {{.number = 4, .tokens = {{"repeat", 1}, {"2", 8}, {"times", 10}}},
                                 {.number = 5, .tokens = {{"a", 1}}},
                                 {.number = 6, .tokens = {{"end", 1}}}});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].number, 5);
}

TEST(RepeatedLines, AreRefusedWithTheirPlace) {
  const struct {
    const char* script;
    const char* message;
  } rows[] = {
      {"a\nend", "a.toml:2:1: nothing is repeated here that could end\n  end\n  ^"},
      {"repeat 2 times\na",
       "a.toml:1:1: no line \"end\" ends what is repeated here\n  repeat 2 times\n  ^"},
      {"repeat 2 times\nrepeat 2 times\nend\nend",
       "a.toml:2:1: what is repeated cannot repeat something itself\n  repeat 2 times\n  ^"},
      {"repeat", "a.toml:1:7: write: repeat N times, with N from 1 to 1000\n  repeat\n        ^"},
      {"repeat 0 times\nend",
       "a.toml:1:8: write: repeat N times, with N from 1 to 1000\n  repeat 0 times\n         ^"},
      {"repeat 1001 times\nend",
       "a.toml:1:8: write: repeat N times, with N from 1 to 1000\n  repeat 1001 times\n         ^"},
      {"repeat 2 rounds\nend",
       "a.toml:1:10: write: repeat N times\n  repeat 2 rounds\n           ^"},
      {"repeat 1000 times\na\nb\nend\nc", "a.toml:5:1: a script has at most 2000 steps\n  c\n  ^"},
  };
  for (const auto& row : rows) EXPECT_EQ(error_of(row.script), row.message);
}

}  // namespace
}  // namespace timewait
