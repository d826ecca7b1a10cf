#include "harness/scenario/translation_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/scenario/claim_reader.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all{
      {.name = "pair", .theme = "who-comes", .title = "A pair", .teaches = "A lesson."},
      {.name = "trio", .theme = "who-comes", .title = "A trio", .teaches = "Another."}};
  return all;
}

const std::vector<Claim>& claims() {
  static const std::vector<Claim> all{
      {.id = "C1", .from = "a book", .says = "So.", .truth = "No."},
      {.id = "C2", .from = "a book", .says = "So.", .truth = "No.", .condition = "it rains"}};
  return all;
}

Translation read(const std::string& text) {
  return read_translation(SourceText("zh.toml", text), scenarios(), claims());
}

const std::string kWhole =
    "[themes]\nwho-comes = \"谁来\"\n"
    "[scenario.pair]\ntitle = \"一对\"\nteaches = \"一课。\"\n"
    "[claim.C2]\nfrom = \"一本书\"\nsays = \"是。\"\ntruth = \"否。\"\ncondition = \"下雨\"\n";

TEST(Translation, TellsScenariosThemesAndClaims) {
  const Translation translation = read(kWhole);
  EXPECT_EQ(translation.theme("who-comes"), "谁来");
  EXPECT_EQ(translation.title("pair", "A pair"), "一对");
  EXPECT_EQ(translation.texts_of(scenarios()[0]).title, "一对");
  EXPECT_EQ(translation.texts_of(scenarios()[0]).teaches, "一课。");
  const Claim claim = translation.translated(claims()[1]);
  EXPECT_EQ(claim.id + claim.from + claim.says + claim.truth + claim.condition,
            "C2一本书是。否。下雨");
}

TEST(Translation, LeavesEnglishWhatItDoesNotHave) {
  const Translation translation = read(kWhole);
  EXPECT_EQ(translation.theme("who-goes-first"), "who goes first");
  EXPECT_EQ(translation.title("trio", "A trio"), "A trio");
  EXPECT_EQ(translation.texts_of(scenarios()[1]).teaches, "Another.");
  EXPECT_EQ(translation.translated(claims()[0]).truth, "No.");
}

TEST(TranslationReader, RefusesWhatDoesNotFit) {
  const struct {
    const char* text;
    const char* why;
  } rows[] = {
      {"[theme]\n", "1:2: unknown key \"theme\"; a translation has themes, scenario, claim"},
      {"themes = 1\n", "1:10: themes must be a table"},
      {"[themes]\nwho-goes = \"谁去\"\n", "2:1: there is no theme \"who-goes\""},
      {"[themes]\nwho-comes = \"\"\n", "2:13: who-comes is empty"},
      {"[scenario.quartet]\ntitle = \"四\"\nteaches = \"四。\"\n",
       "1:11: there is no scenario \"quartet\""},
      {"[scenario.pair]\ntitle = \"一对\"\n", "1:1: the key \"teaches\" is missing"},
      {"[scenario.pair]\ntitle = \"一对\"\nteaches = \"一课。\"\nsays = \"是。\"\n",
       "4:1: unknown key \"says\"; a scenario's translation has title, teaches"},
      {"[scenario]\npair = \"一对\"\n", "2:8: pair must be a table"},
      {"[claim.C3]\nsays = \"是。\"\n", "1:8: there is no claim \"C3\""},
      {"[claim.C2]\nfrom = \"书\"\nsays = \"是。\"\ntruth = \"否。\"\n",
       "1:1: the key \"condition\" is missing"},
      {"[claim.C1]\nfrom = \"书\"\nsays = \"是。\"\ntruth = \"否。\"\ncondition = \"下雨\"\n",
       "5:13: the claim C1 has no condition"},
      {"[claim.C1]\nfrom = \"书\"\nid = \"C1\"\n",
       "3:1: unknown key \"id\"; a claim's translation has from, says, truth, condition"},
  };
  for (const auto& row : rows) {
    std::string error = "nothing is wrong";
    try {
      read(row.text);
    } catch (const ScenarioError& wrong) {
      error = wrong.what();
    }
    EXPECT_EQ(error.substr(0, error.find('\n')), std::string("zh.toml:") + row.why) << row.text;
  }
}

/// What has no text in `translation`.
std::vector<std::string> missing(const Translation& translation,
                                 const std::vector<Scenario>& all_scenarios,
                                 const std::vector<Claim>& all_claims) {
  std::set<std::string> themes;
  std::vector<std::string> all;
  for (const Scenario& scenario : all_scenarios) {
    const bool is_new = themes.insert(scenario.theme).second;
    if (is_new && !translation.themes.contains(scenario.theme))
      all.push_back("theme " + scenario.theme);
    if (!translation.scenarios.contains(scenario.name)) all.push_back("scenario " + scenario.name);
  }
  for (const Claim& claim : all_claims)
    if (!translation.claims.contains(claim.id)) all.push_back("claim " + claim.id);
  return all;
}

TEST(Translation, LacksWhatNobodyHasTranslated) {
  EXPECT_THAT(missing(read(kWhole), scenarios(), claims()),
              ElementsAre("scenario trio", "claim C1"));
  EXPECT_THAT(missing({}, scenarios(), {}),
              ElementsAre("theme who-comes", "scenario pair", "scenario trio"));
}

TEST(Translation, HasEveryThemeScenarioAndClaimOfTheProjectInChinese) {
  const std::string folder = std::string(TIMEWAIT_SOURCE_DIR) + "/scenarios";
  const std::vector<Scenario> all = read_scenario_folder(folder);
  const std::vector<Claim> said = read_claims(SourceText::of_file(folder + "/" + kClaimsFile), all);
  const Translation translation =
      read_translation(SourceText::of_file(folder + "/" + kChineseFile), all, said);
  EXPECT_THAT(missing(translation, all, said), IsEmpty());
}

}  // namespace
}  // namespace timewait
