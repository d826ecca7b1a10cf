#include "harness/scenario/claim_reader.h"

#include <gmock/gmock.h>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kTexts =
    "[[claim]]\n"
    "id = \"C1\"\n"
    "from = \"a book\"\n"
    "says = \"It is so.\"\n"
    "truth = \"It is otherwise.\"\n";

/// A scenario of two cells, and one that measures.
const std::vector<Scenario>& scenarios() {
  const auto read = [](const char* name, const char* attempt) {
    return read_scenario(
        SourceText(std::string("theme/") + name + ".toml",
                   std::string("title = \"A title\"\nteaches = \"A lesson.\"\nfrom = [\"ours\"]\n"
                               "tags = [\"slow\"]\n"
                               "expect = \"bound\"\nscript = \"\"\"\nserver runs message_server\n"
                               "precondition server LISTEN\nrebind ") +
                       attempt + "\n\"\"\"\n[vary]\nwith = [\"plain\", \"both\"]\n"));
  };
  static const std::vector<Scenario> all{read("pair", "with {with}"),
                                         read("wait", "until bound after 60 s with {with}")};
  return all;
}

std::vector<Claim> read(const std::string& text) {
  return read_claims(SourceText("claims.toml", text), scenarios());
}

std::string error_of(const std::string& text) {
  try {
    read(text);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

TEST(ClaimReader, ReadsEveryKey) {
  const auto claims =
      read(kTexts +
           "condition = \"it rains\"\n"
           "cells = [\n"
           "  { cell = \"pair/with=plain\", claimed = \"bound\", fulfils = true },\n"
           "  { cell = \"pair/with=both\", claimed = \"bind:EADDRINUSE\" },\n"
           "  { cell = \"wait/with=*\", claimed = \"bound\", "
           "claimed_seconds = [120, 240.5], control = true },\n"
           "]\n");
  ASSERT_EQ(claims.size(), 1u);
  EXPECT_EQ(claims[0].id, "C1");
  EXPECT_EQ(claims[0].from, "a book");
  EXPECT_EQ(claims[0].says, "It is so.");
  EXPECT_EQ(claims[0].truth, "It is otherwise.");
  EXPECT_EQ(claims[0].condition, "it rains");
  ASSERT_EQ(claims[0].cells.size(), 3u);
  const ClaimedCells& first = claims[0].cells[0];
  EXPECT_EQ(first.pattern, "pair/with=plain");
  EXPECT_THAT(first.cells, ElementsAre("pair/with=plain"));
  EXPECT_EQ(first.slow_tag, "slow");
  EXPECT_TRUE(first.claimed.is_bound());
  EXPECT_TRUE(first.fulfils);
  EXPECT_FALSE(first.control);
  EXPECT_FALSE(first.seconds);
  const ClaimedCells& last = claims[0].cells[2];
  EXPECT_THAT(last.cells, ElementsAre("wait/with=plain", "wait/with=both"));
  EXPECT_TRUE(last.control);
  ASSERT_TRUE(last.seconds);
  EXPECT_EQ(last.seconds->least, 120);
  EXPECT_EQ(last.seconds->most, 240.5);
}

TEST(ClaimReader, TakesAClaimThatNothingDecidesYet) {
  EXPECT_THAT(read(kTexts).at(0).cells, IsEmpty());
}

TEST(ClaimReader, ShowsThePlaceOfAMistake) {
  EXPECT_EQ(
      error_of(kTexts + "cells = [\n  { cell = \"pare/with=*\", claimed = \"bound\" },\n]\n"),
      "claims.toml:7:12: there is no scenario \"pare\"; did you mean pair? (\"timewait list\" "
      "shows all)\n"
      "    { cell = \"pare/with=*\", claimed = \"bound\" },\n"
      "             ^");
}

TEST(ClaimReader, RefusesWhatDoesNotFit) {
  const struct {
    const char* name;
    std::string text;
    const char* why;
  } rows[] = {
      {"no claims", "", "1:1: the key \"claim\" is missing"},
      {"unknown key of the file", "claims = 1\n",
       "1:1: unknown key \"claims\"; the file of the claims has claim"},
      {"claim is no list", "claim = 1\n", "1:9: claim must be a list of tables"},
      {"unknown key of a claim", kTexts + "verdict = \"holds\"\n",
       "6:1: unknown key \"verdict\"; a claim has id, from, says, truth, condition, cells"},
      {"missing key", "[[claim]]\nid = \"C1\"\n", "1:1: the key \"from\" is missing"},
      {"empty text", "[[claim]]\nid = \"\"\n", "2:6: id is empty"},
      {"two of one id", kTexts + kTexts, "7:6: there is a second claim \"C1\""},
      {"cells are no list", kTexts + "cells = 1\n", "6:9: cells must be a list of tables"},
      {"cells are no tables", kTexts + "cells = [1]\n", "6:9: cells must be a list of tables"},
      {"unknown key of a cell", kTexts + "cells = [{ cel = \"pair/with=*\" }]\n",
       "6:12: unknown key \"cel\"; a cell of a claim has cell, claimed, claimed_seconds, fulfils, "
       "control"},
      {"nothing claimed", kTexts + "cells = [{ cell = \"pair/with=*\" }]\n",
       "6:10: the key \"claimed\" is missing"},
      {"no outcome", kTexts + "cells = [{ cell = \"pair/with=*\", claimed = \"it works\" }]\n",
       "6:44: \"it works\" is no outcome such as bound, bind:EADDRINUSE or getsockopt:1"},
      {"unknown value", kTexts + "cells = [{ cell = \"pair/with=x\", claimed = \"bound\" }]\n",
       "6:19: \"x\" is no value of with; it has plain, both"},
      {"flag that is none",
       kTexts + "cells = [{ cell = \"pair/with=*\", claimed = \"bound\", control = 1 }]\n",
       "6:63: control must be true or false"},
      {"seconds of what is not measured",
       kTexts +
           "cells = [{ cell = \"pair/with=*\", claimed = \"bound\", claimed_seconds = [1, 2] }]\n",
       "6:71: pair/with=plain measures no time"},
      {"one end of the seconds",
       kTexts +
           "cells = [{ cell = \"wait/with=*\", claimed = \"bound\", claimed_seconds = [1] }]\n",
       "6:71: claimed_seconds must be two numbers, the least and the most"},
      {"seconds the wrong way round",
       kTexts +
           "cells = [{ cell = \"wait/with=*\", claimed = \"bound\", claimed_seconds = [2, 1] }]\n",
       "6:71: claimed_seconds must be two numbers, the least and the most"},
      {"a cell named twice",
       kTexts + "cells = [{ cell = \"pair/with=*\", claimed = \"bound\" },\n"
                "         { cell = \"pair/with=both\", claimed = \"bind:EADDRINUSE\" }]\n",
       "7:19: pair/with=both decides this claim already"},
      {"only a control",
       kTexts + "cells = [{ cell = \"pair/with=*\", claimed = \"bound\", control = true }]\n",
       "6:9: controls alone decide nothing"},
      {"a control that fulfils",
       kTexts +
           "cells = [{ cell = \"pair/with=*\", claimed = \"bound\", control = true, fulfils = true "
           "}]\n",
       "6:19: a control decides nothing, so it cannot fulfil a condition"},
      {"fulfils no condition",
       kTexts + "cells = [{ cell = \"pair/with=*\", claimed = \"bound\", fulfils = true }]\n",
       "6:9: cells fulfil a condition, but the claim has none"},
      {"a condition that all fulfil",
       kTexts + "condition = \"it rains\"\n"
                "cells = [{ cell = \"pair/with=*\", claimed = \"bound\", fulfils = true }]\n",
       "7:9: a condition needs cells that fulfil it and cells that do not"},
      {"a condition that none fulfils",
       kTexts + "condition = \"it rains\"\n"
                "cells = [{ cell = \"pair/with=*\", claimed = \"bound\" }]\n",
       "7:9: a condition needs cells that fulfil it and cells that do not"},
      {"a condition without cells", kTexts + "condition = \"it rains\"\n",
       "6:13: a condition needs cells that fulfil it"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    const std::string error = error_of(row.text);
    EXPECT_EQ(error.substr(0, error.find('\n')), std::string("claims.toml:") + row.why);
  }
}

TEST(ClaimReader, FindsEveryCellOfTheProjectsOwnClaims) {
  const std::string folder = std::string(TIMEWAIT_SOURCE_DIR) + "/scenarios";
  const auto claims =
      read_claims(SourceText::of_file(folder + "/" + kClaimsFile), read_scenario_folder(folder));
  std::vector<std::string> ids;
  for (const Claim& claim : claims) ids.push_back(claim.id);
  std::vector<std::string> all;
  for (int i = 1; i <= 13; ++i) all.push_back("C" + std::to_string(i));
  for (int i = 1; i <= 23; ++i) all.push_back("T" + std::to_string(i));
  EXPECT_EQ(ids, all);
}

}  // namespace
}  // namespace timewait
