#include "harness/scenario/text_block.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <toml++/toml.h>

namespace timewait {
namespace {

/// The block of the key `text` in a file, found as the reader finds it: by what TOML says of its
/// place.
TextBlock block_in(const SourceText& source) {
  const toml::table table = toml::parse(source.text());
  const toml::source_region& region = table.get("text")->source();
  return text_block(
      source,
      {.line = static_cast<int>(region.begin.line),
       .column = static_cast<int>(region.begin.column)},
      {.line = static_cast<int>(region.end.line), .column = static_cast<int>(region.end.column)});
}

/// "line:column:text" of each line.
std::vector<std::string> lines_in(const std::string& file) {
  const SourceText source("a.toml", file);
  std::vector<std::string> lines;
  for (const TextLine& line : block_in(source).lines)
    lines.push_back(fmt::format("{}:{}:{}", line.at.line, line.at.column, line.text));
  return lines;
}

TEST(TextBlock, KnowsWhereEachLineStandsInTheFile) {
  const struct {
    const char* name;
    const char* file;
    std::vector<std::string> lines;
  } rows[] = {
      {"one quote", "text = \"bound\"\n", {"1:9:bound"}},
      {"one quote, literal", "text = 'bound'\n", {"1:9:bound"}},
      {"three quotes on one line", "text = \"\"\"bound\"\"\"\n", {"1:11:bound"}},
      {"three quotes, literal", "\ntext = '''bound'''\n", {"2:11:bound"}},
      {"lines of their own",
       "a = 1\ntext = \"\"\"\none\n  two\n\"\"\"\nb = 2\n",
       {"2:11:", "3:1:one", "4:1:  two", "5:1:"}},
      {"text beside the quotes", "text = \"\"\"one\ntwo\"\"\"\n", {"1:11:one", "2:1:two"}},
      {"a comment in quotes behind", "text = \"bound\" # not \"bind\"\n", {"1:9:bound"}},
      {"a comment in quotes behind three",
       "text = \"\"\"\none\n\"\"\" # or \"\"\"two\"\"\"\n",
       {"1:11:", "2:1:one", "3:1:"}},
      {"another key in quotes before", "\"text\" = \"bound\"\n", {"1:11:bound"}},
  };
  for (const auto& row : rows) EXPECT_EQ(lines_in(row.file), row.lines) << row.name;
}

TEST(TextBlock, BeginsAtItsOpeningQuote) {
  const SourceText source("a.toml", "a = 1\ntext = \"\"\"\none\n\"\"\"\n");
  EXPECT_EQ(block_in(source).at.line, 2);
  EXPECT_EQ(block_in(source).at.column, 8);
}

TEST(TextBlock, RefusesABackslashWhereItStands) {
  EXPECT_THAT([] { lines_in("text = \"\"\"\nclient types a\\tb\n\"\"\"\n"); },
              testing::ThrowsMessage<ScenarioError>(
                  "a.toml:2:15: a script or an expectation has no backslashes\n"
                  "  client types a\\tb\n"
                  "                ^"));
  EXPECT_THAT([] { lines_in("text = 'bo\\und'\n"); },
              testing::ThrowsMessage<ScenarioError>(
                  "a.toml:1:11: a script or an expectation has no backslashes\n"
                  "  text = 'bo\\und'\n"
                  "            ^"));
}

}  // namespace
}  // namespace timewait
