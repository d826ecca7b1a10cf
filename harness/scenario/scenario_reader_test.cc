#include "harness/scenario/scenario_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "harness/base/temporary_folder.h"

namespace timewait {
namespace {

using testing::ElementsAre;

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

Scenario read(const std::string& text) {
  return read_scenario(SourceText("scenarios/theme/name.toml", text));
}

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
    const char* message;
  } rows[] = {
      {"an unknown key", kHead + kScript + "titel = \"t\"\n",
       "scenarios/theme/name.toml:10:1: unknown key \"titel\"; a scenario has title, teaches, "
       "from, "
       "tags, vary, expect, promised, script\n"
       "  titel = \"t\"\n"
       "  ^"},
      {"a key of [vary] by mistake", kHead + "[vary]\nfirst = [\"plain\"]\n" + kScript,
       "scenarios/theme/name.toml:6:10: expect must be a list of texts or a table of values"},
      {"no title", "teaches = \"A lesson.\"\n",
       "scenarios/theme/name.toml:1:1: the key \"title\" is missing\n"
       "  teaches = \"A lesson.\"\n"
       "  ^"},
      {"no lesson", "title = \"t\"\n",
       "scenarios/theme/name.toml:1:1: the key \"teaches\" is missing\n"
       "  title = \"t\"\n"
       "  ^"},
      {"no source", "title = \"t\"\nteaches = \"T\"\n",
       "scenarios/theme/name.toml:1:1: the key \"from\" is missing\n"
       "  title = \"t\"\n"
       "  ^"},
      {"a source that is a sentence",
       "title = \"t\"\nteaches = \"T\"\nfrom = [\"ours\", \"a page\"]\n",
       "scenarios/theme/name.toml:3:17: \"a page\" names nothing this could come from: letters, "
       "digits, dashes and dots\n"
       "  from = [\"ours\", \"a page\"]\n"
       "                  ^"},
      {"no script", kHead + "expect = \"bound\"\n",
       "scenarios/theme/name.toml:1:1: the key \"script\" is missing\n"
       "  title = \"A title\"\n"
       "  ^"},
      {"no expectation", kHead + kScript.substr(kScript.find('\n')),
       "scenarios/theme/name.toml:1:1: the key \"expect\" is missing\n"
       "  title = \"A title\"\n"
       "  ^"},
      {"a title that is no text", "title = 5\n",
       "scenarios/theme/name.toml:1:9: title must be a text in quotes\n"
       "  title = 5\n"
       "          ^"},
      {"an empty title", "title = \"\"\n",
       "scenarios/theme/name.toml:1:9: title is empty\n"
       "  title = \"\"\n"
       "          ^"},
      {"a source that is no list", "title = \"t\"\nteaches = \"T\"\nfrom = \"S1\"\n",
       "scenarios/theme/name.toml:3:8: from must be a list of texts\n"
       "  from = \"S1\"\n"
       "         ^"},
      {"an empty list", "title = \"t\"\nteaches = \"T\"\nfrom = []\n",
       "scenarios/theme/name.toml:3:8: from must be a list of texts\n"
       "  from = []\n"
       "         ^"},
      {"a list with a number", "title = \"t\"\nteaches = \"T\"\nfrom = [\"S1\", 2]\n",
       "scenarios/theme/name.toml:3:15: from must be a text in quotes\n"
       "  from = [\"S1\", 2]\n"
       "                ^"},
      {"tags that are no list", kHead + "tags = \"core\"\n",
       "scenarios/theme/name.toml:4:8: tags must be a list of texts\n"
       "  tags = \"core\"\n"
       "         ^"},
      {"variations that are no table", kHead + "vary = [\"plain\"]\n",
       "scenarios/theme/name.toml:4:8: vary must be a table, [vary]\n"
       "  vary = [\"plain\"]\n"
       "         ^"},
      {"a variation without values", kHead + "vary.first = []\n",
       "scenarios/theme/name.toml:4:14: first must be a list of texts or a table of values\n"
       "  vary.first = []\n"
       "               ^"},
      {"a variation that is a text", kHead + "vary.first = \"plain\"\n",
       "scenarios/theme/name.toml:4:14: first must be a list of texts or a table of values\n"
       "  vary.first = \"plain\"\n"
       "               ^"},
      {"a value that is a number", kHead + "vary.first = [\"plain\", 1]\n",
       "scenarios/theme/name.toml:4:24: first must be a text in quotes\n"
       "  vary.first = [\"plain\", 1]\n"
       "                         ^"},
      {"a value twice", kHead + "vary.first = [\"plain\", \"plain\"]\n",
       "scenarios/theme/name.toml:4:24: the value \"plain\" stands here twice\n"
       "  vary.first = [\"plain\", \"plain\"]\n"
       "                         ^"},
      {"a value with fields that is none", kHead + "[vary.how]\nexits = \"exits\"\n",
       "scenarios/theme/name.toml:5:9: the value \"exits\" must be a table such as { does = "
       "\"stays\" }\n"
       "  exits = \"exits\"\n"
       "          ^"},
      {"a field that is no text", kHead + "[vary.how]\nexits = { with = 1 }\n",
       "scenarios/theme/name.toml:5:18: this must be a text in quotes\n"
       "  exits = { with = 1 }\n"
       "                   ^"},
      {"an empty script", kHead + "expect = \"bound\"\nscript = \"\"\n",
       "scenarios/theme/name.toml:5:10: script is empty\n"
       "  script = \"\"\n"
       "           ^"},
      {"a script that is no text", kHead + "expect = \"bound\"\nscript = [\"rebind\"]\n",
       "scenarios/theme/name.toml:5:10: script must be a text in quotes\n"
       "  script = [\"rebind\"]\n"
       "           ^"},
      {"a wrong step", kHead + "expect = \"bound\"\nscript = \"\"\"\n  server jumps\n\"\"\"\n",
       "scenarios/theme/name.toml:6:10: unknown verb \"jumps\""},
      {"a wrong step on the line of the quotes",
       kHead + "expect = \"bound\"\nscript = \"\"\"server jumps\n\"\"\"\n",
       "scenarios/theme/name.toml:5:20: unknown verb \"jumps\""},
      {"a wrong step in one line", kHead + "expect = \"bound\"\nscript = 'server jumps'\n",
       "scenarios/theme/name.toml:5:18: unknown verb \"jumps\""},
      {"a wrong outcome", kHead + "expect = \"no\"\n" + kScript.substr(kScript.find('\n') + 1),
       "scenarios/theme/name.toml:4:11: \"no\" is no outcome; write bound, bind:EADDRINUSE or "
       "getsockopt:1\n"
       "  expect = \"no\"\n"
       "            ^"},
      {"a wrong promise", kHead + "promised = \"no\"\n" + kScript,
       "scenarios/theme/name.toml:4:13: \"no\" is no outcome; write bound, bind:EADDRINUSE or "
       "getsockopt:1, or - where nothing is promised\n"
       "  promised = \"no\"\n"
       "              ^"},
      {"a promise that is no text", kHead + "promised = 0\n" + kScript,
       "scenarios/theme/name.toml:4:12: promised must be a text in quotes\n"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(error_of(row.text), testing::StartsWith(row.message)) << row.name;
}

TEST(ScenarioReader, RefusesLabelsThatWouldSpoilTheNamesOfCells) {
  for (const char* label : {"a b", "a,b", "a=b", "a/b"}) {
    const std::string line = fmt::format("vary.first = [\"{}\"]", label);
    EXPECT_EQ(
        error_of(kHead + line),
        fmt::format("scenarios/theme/name.toml:4:15: the value \"{}\" names cells and may have "
                    "no blank, comma, = or /\n"
                    "  {}\n"
                    "                ^",
                    label, line));
  }
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
    EXPECT_THAT(error_of(kHead + row.text),
                testing::StartsWith("scenarios/theme/name.toml:" + row.message));
}

TEST(ScenarioReader, RefusesADoubledKey) {
  EXPECT_THAT(error_of("title = \"a\"\ntitle = \"b\"\n"),
              testing::AllOf(testing::StartsWith("scenarios/theme/name.toml:2:"),
                             testing::HasSubstr("title")));
}

TEST(ScenarioReader, RefusesWhatIsNoToml) {
  EXPECT_THAT(error_of("title = \"a\"\nserver exits\n"),
              testing::AllOf(testing::StartsWith("scenarios/theme/name.toml:2:"),
                             testing::HasSubstr("\n  server exits\n")));
}

TEST(ScenarioReader, ReadsAFolderInTheOrderOfThemeAndNameButWhoClosesFirstBeforeAll) {
  const TemporaryFolder folder;
  for (const char* name : {"b/a.toml", "a/z.toml", "a/c.toml", "a/_draft.toml", "a/notes.md",
                           "who-closes-first/m.toml"})
    folder.write(name, kHead + kScript);
  std::vector<std::string> names;
  for (const Scenario& scenario : read_scenario_folder(folder.path()))
    names.push_back(scenario.theme + "/" + scenario.name);
  EXPECT_THAT(names, ElementsAre("who-closes-first/m", "a/c", "a/z", "b/a"));
}

TEST(ScenarioReader, RefusesAFolderWithoutScenarios) {
  const TemporaryFolder folder;
  folder.write("_draft.toml", "");
  EXPECT_THAT([&] { read_scenario_folder(folder.path()); },
              testing::ThrowsMessage<Error>("no scenario files (*.toml) below " + folder.path()));
  EXPECT_THAT([] { read_scenario_folder("/no/such/folder"); },
              testing::ThrowsMessage<Error>("no scenario files (*.toml) below /no/such/folder"));
}

TEST(ScenarioReader, RefusesTwoScenariosOfOneName) {
  const TemporaryFolder folder;
  folder.write("a/same.toml", kHead + kScript);
  folder.write("b/same.toml", kHead + kScript);
  EXPECT_THAT([&] { read_scenario_folder(folder.path()); },
              testing::ThrowsMessage<Error>(folder.path() +
                                            "/b/same.toml: there is a second scenario called "
                                            "\"same\""));
}

}  // namespace
}  // namespace timewait
