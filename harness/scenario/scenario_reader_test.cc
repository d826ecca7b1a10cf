#include "harness/scenario/scenario_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "harness/scenario/test_source_error.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPath = "scenarios/theme/name.toml";

const std::string kHead =
    "title = \"A title\"\n"
    "teaches = \"A lesson.\"\n"
    "from = [\"S1\", \"S2\"]\n";
const std::string kScript =
    "expect = \"bound\"\n"
    "script = \"\"\"\n"
    "server runs message_server\n"
    "precondition server LISTEN\n"
    "rebind\n"
    "\"\"\"\n";

Scenario read(const std::string& text) { return read_scenario(SourceText(kPath, text)); }

std::string error_of(const std::string& text) {
  try {
    read(text);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

TEST(ScenarioReader, TakesNameAndThemeFromThePath) {
  const Scenario scenario = read(kHead + kScript);
  EXPECT_EQ(scenario.name, "name");
  EXPECT_EQ(scenario.theme, "theme");
}

TEST(ScenarioReader, ReadsEveryKey) {
  const Scenario scenario = read(kHead + "tags = [\"core\"]\n" + kScript);
  EXPECT_EQ(scenario.title, "A title");
  EXPECT_EQ(scenario.teaches, "A lesson.");
  EXPECT_THAT(scenario.from, ElementsAre("S1", "S2"));
  EXPECT_THAT(scenario.tags, ElementsAre("core"));
  EXPECT_TRUE(scenario.variations.empty());
  ASSERT_EQ(scenario.cells.size(), 1u);
  EXPECT_EQ(scenario.cells[0].steps.size(), 3u);
  EXPECT_TRUE(scenario.cells[0].expected.is_bound());
}

TEST(ScenarioReader, KeepsTheScriptAsItIsWritten) {
  EXPECT_THAT(read(kHead + kScript).script,
              testing::IsSupersetOf(
                  {"server runs message_server", "precondition server LISTEN", "rebind"}));
}

TEST(ScenarioReader, KeepsVariationsAndValuesInTheOrderOfTheFile) {
  const Scenario scenario = read(kHead + kScript +
                                 "[vary]\n"
                                 "zebra = [\"z\", \"a\"]\n"
                                 "cow.y = { does = \"stays\" }\n"
                                 "cow.c = { does = \"exits\", says = \"bye\" }\n"
                                 "ape = [\"m\", \"b\"]\n"
                                 "[vary.bee]\n"
                                 "w = {}\n"
                                 "d = {}\n");
  std::vector<std::string> names;
  for (const Variation& variation : scenario.variations) {
    names.push_back(variation.name);
    for (const VariationValue& value : variation.values) names.push_back(value.label);
  }
  EXPECT_THAT(names,
              ElementsAre("zebra", "z", "a", "cow", "y", "c", "ape", "m", "b", "bee", "w", "d"));
  EXPECT_EQ(scenario.variations[1].values[1].fields.at("says"), "bye");
  EXPECT_EQ(scenario.cells.size(), 16u);
  EXPECT_EQ(cell_name(scenario.cells[1].point), "zebra=z,cow=y,ape=m,bee=d");
}

TEST(ScenarioReader, GivesEachCellItsOutcome) {
  const Scenario scenario = read(kHead +
                                 "vary.rebind = [\"plain\", \"both\"]\n"
                                 "expect = \"\"\"\n"
                                 "plain            both\n"
                                 "bind:EADDRINUSE  bound\"\"\"\n"
                                 "script = '''server runs message_server\n"
                                 "precondition server LISTEN\n"
                                 "rebind with {rebind}'''\n");
  EXPECT_EQ(scenario.cells[0].expected.text(), "bind:EADDRINUSE");
  EXPECT_EQ(scenario.cells[1].expected.text(), "bound");
  EXPECT_EQ(scenario.cells[1].steps.back().options, OptionSet::both);
}

TEST(ScenarioReader, ReadsWhatIsPromisedWhereItIsSaid) {
  EXPECT_EQ(read(kHead + kScript).cells[0].promised, std::nullopt);
  const Scenario scenario = read(kHead + "promised = \"bind:0\"\n" + kScript);
  EXPECT_EQ(scenario.cells[0].promised, Outcome::returned(SocketCall::bind, 0));
}

TEST(ScenarioReader, AllowsACommentInQuotesBehindAText) {
  const std::string script = kScript.substr(kScript.find('\n'));
  EXPECT_EQ(error_of(kHead + "expect = \"bound\" # never \"bind:EADDRINUSE\"" + script),
            "nothing is wrong");
}

TEST(ScenarioReader, PointsAtWhatIsWrong) {
  const struct {
    const char* name;
    std::string text;
    int line, column;
    const char* what;
  } rows[] = {
      {"an unknown key", kHead + kScript + "titel = \"t\"\n", 10, 1,
       "unknown key \"titel\"; a scenario has title, teaches, from, tags, vary, expect, promised, "
       "script"},
      {"a key of [vary] by mistake", kHead + "[vary]\nfirst = [\"plain\"]\n" + kScript, 6, 10,
       "expect must be a list of texts or a table of values"},
      {"no title", "teaches = \"A lesson.\"\n", 1, 1, "the key \"title\" is missing"},
      {"no lesson", "title = \"t\"\n", 1, 1, "the key \"teaches\" is missing"},
      {"no source", "title = \"t\"\nteaches = \"T\"\n", 1, 1, "the key \"from\" is missing"},
      {"a source that is a sentence",
       "title = \"t\"\nteaches = \"T\"\nfrom = [\"ours\", \"a page\"]\n", 3, 17,
       "\"a page\" names nothing this could come from: letters, digits, dashes and dots"},
      {"no script", kHead + "expect = \"bound\"\n", 1, 1, "the key \"script\" is missing"},
      {"no expectation", kHead + kScript.substr(kScript.find('\n')), 1, 1,
       "the key \"expect\" is missing"},
      {"a title that is no text", "title = 5\n", 1, 9, "title must be a text in quotes"},
      {"an empty title", "title = \"\"\n", 1, 9, "title is empty"},
      {"a source that is no list", "title = \"t\"\nteaches = \"T\"\nfrom = \"S1\"\n", 3, 8,
       "from must be a list of texts"},
      {"an empty list", "title = \"t\"\nteaches = \"T\"\nfrom = []\n", 3, 8,
       "from must be a list of texts"},
      {"a list with a number", "title = \"t\"\nteaches = \"T\"\nfrom = [\"S1\", 2]\n", 3, 15,
       "from must be a text in quotes"},
      {"tags that are no list", kHead + "tags = \"core\"\n", 4, 8, "tags must be a list of texts"},
      {"variations that are no table", kHead + "vary = [\"plain\"]\n", 4, 8,
       "vary must be a table, [vary]"},
      {"a variation without values", kHead + "vary.first = []\n", 4, 14,
       "first must be a list of texts or a table of values"},
      {"a variation that is a text", kHead + "vary.first = \"plain\"\n", 4, 14,
       "first must be a list of texts or a table of values"},
      {"a value that is a number", kHead + "vary.first = [\"plain\", 1]\n", 4, 24,
       "first must be a text in quotes"},
      {"a value twice", kHead + "vary.first = [\"plain\", \"plain\"]\n", 4, 24,
       "the value \"plain\" stands here twice"},
      {"a value with fields that is none", kHead + "[vary.how]\nexits = \"exits\"\n", 5, 9,
       "the value \"exits\" must be a table such as { does = \"stays\" }"},
      {"a field that is no text", kHead + "[vary.how]\nexits = { with = 1 }\n", 5, 18,
       "this must be a text in quotes"},
      {"an empty script", kHead + "expect = \"bound\"\nscript = \"\"\n", 5, 10, "script is empty"},
      {"a script that is no text", kHead + "expect = \"bound\"\nscript = [\"rebind\"]\n", 5, 10,
       "script must be a text in quotes"},
      {"a wrong outcome", kHead + "expect = \"no\"\n" + kScript.substr(kScript.find('\n') + 1), 4,
       11, "\"no\" is no outcome; write bound, bind:EADDRINUSE or getsockopt:1"},
      {"a wrong promise", kHead + "promised = \"no\"\n" + kScript, 4, 13,
       "\"no\" is no outcome; write bound, bind:EADDRINUSE or getsockopt:1, or - where nothing is "
       "promised"},
      {"a promise that is no text", kHead + "promised = 0\n" + kScript, 4, 12,
       "promised must be a text in quotes"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(error_of(row.text),
              error_at(SourceText(kPath, row.text), {row.line, row.column}, row.what))
        << row.name;
  const struct {
    const char* name;
    const char* script;
    const char* place;
  } wrong_steps[] = {
      {"between the quotes", "\"\"\"\n  server jumps\n\"\"\"", "6:10"},
      {"on the line of the quotes", "\"\"\"server jumps\n\"\"\"", "5:20"},
      {"in one line", "'server jumps'", "5:18"},
  };
  for (const auto& row : wrong_steps)
    EXPECT_THAT(error_of(kHead + "expect = \"bound\"\nscript = " + row.script + "\n"),
                StartsWith(fmt::format("{}:{}: unknown verb \"jumps\"", kPath, row.place)))
        << row.name;
}

constexpr const char* kSpoilsNames =
    "the value \"{}\" names cells and may have no blank, comma, = or /";

TEST(ScenarioReader, RefusesLabelsThatWouldSpoilTheNamesOfCells) {
  for (const char* label : {"a b", "a,b", "a=b", "a/b"}) {
    const std::string line = fmt::format("vary.first = [\"{}\"]", label);
    EXPECT_EQ(error_of(kHead + line),
              error_at(SourceText(kPath, kHead + line), {.line = 4, .column = 15},
                       fmt::format(kSpoilsNames, label)));
  }
  const SourceText file("theme/a b.toml", kHead);
  EXPECT_THAT(
      [&] { read_scenario(file); },
      testing::ThrowsMessage<Error>(
          "theme/a b.toml: a file that names cells may have no blank, comma or = in its name"));
}

TEST(ScenarioReader, LimitsWhatNamesCells) {
  const std::string long_one(101, 'x');
  std::string many;
  for (int i = 0; i < 21; ++i) many += fmt::format("v{} = [\"a\"]\n", i);
  std::string product;
  for (int i = 0; i < 14; ++i) product += fmt::format("v{} = [\"a\", \"b\"]\n", i);
  const struct {
    std::string text;
    std::string message;
  } rows[] = {
      {"vary.first = [\"" + long_one + "\"]",
       "4:15: the value names cells and is longer than 100 bytes\n"},
      {"vary." + long_one + " = [\"a\"]",
       "4:6: the variation names cells and is longer than 100 bytes\n"},
      {"vary.\"a,b\" = [\"a\"]",
       "4:6: the variation \"a,b\" names cells and may have no blank, comma, = or /\n"},
      {"[vary]\n" + many, "4:1: 21 variations are more than 20\n"},
      {"[vary]\n" + product, "4:1: these variations make more than 10000 cells\n"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(error_of(kHead + row.text), StartsWith("scenarios/theme/name.toml:" + row.message));
}

TEST(ScenarioReader, RefusesADoubledKey) {
  EXPECT_THAT(error_of("title = \"a\"\ntitle = \"b\"\n"),
              AllOf(StartsWith("scenarios/theme/name.toml:2:"), HasSubstr("title")));
}

TEST(ScenarioReader, RefusesWhatIsNoToml) {
  EXPECT_THAT(error_of("title = \"a\"\nserver exits\n"),
              AllOf(StartsWith("scenarios/theme/name.toml:2:"), HasSubstr("\n  server exits\n")));
}

}  // namespace
}  // namespace timewait
