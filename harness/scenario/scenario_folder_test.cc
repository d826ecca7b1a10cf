// How the scenarios of a folder are read.

#include <gmock/gmock.h>

#include "harness/base/error.h"
#include "harness/base/temporary_folder.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

const std::string kScenario =
    "title = \"A title\"\nteaches = \"A lesson.\"\nfrom = [\"ours\"]\nexpect = \"bound\"\n"
    "script = \"\"\"\nserver runs message_server\nprecondition server LISTEN\nrebind\n\"\"\"\n";

TEST(ScenarioReader, ReadsAFolderInTheOrderOfThemeAndNameButWhoClosesFirstBeforeAll) {
  const TemporaryFolder folder;
  for (const char* name : {"b/a.toml", "a/z.toml", "a/c.toml", "a/_draft.toml", "a/notes.md",
                           "who-closes-first/m.toml"})
    folder.write(name, kScenario);
  std::vector<std::string> names;
  for (const Scenario& scenario : read_scenario_folder(folder.path()))
    names.push_back(scenario.theme + "/" + scenario.name);
  EXPECT_THAT(names, testing::ElementsAre("who-closes-first/m", "a/c", "a/z", "b/a"));
}

TEST(ScenarioReader, RefusesAFolderWithoutScenarios) {
  const TemporaryFolder folder;
  folder.write("_draft.toml", "");
  EXPECT_THAT([&] { read_scenario_folder(folder.path()); },
              testing::ThrowsMessage<Error>("no scenario files (*.toml) below " + folder.path()));
  EXPECT_THAT([] { read_scenario_folder("/no/such/folder"); },
              testing::ThrowsMessage<Error>("no scenario files (*.toml) below /no/such/folder"));
}

TEST(ScenarioReader, SaysWhichFolderItCannotRead) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "");
  EXPECT_THAT(
      [&] { read_scenario_folder(file); },
      testing::ThrowsMessage<Error>("cannot read the scenarios in " + file + ": Not a directory"));
}

TEST(ScenarioReader, RefusesTwoScenariosOfOneName) {
  const TemporaryFolder folder;
  folder.write("a/same.toml", kScenario);
  folder.write("b/same.toml", kScenario);
  EXPECT_THAT([&] { read_scenario_folder(folder.path()); },
              testing::ThrowsMessage<Error>(folder.path() +
                                            "/b/same.toml: there is a second scenario called "
                                            "\"same\""));
}

}  // namespace
}  // namespace timewait
