#include "harness/scenario/expectation.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

using testing::ElementsAre;

using Variations = std::vector<Variation>;

Variation varied(const std::string& name, const std::vector<std::string>& labels) {
  Variation variation{.name = name, .values = {}};
  for (const std::string& label : labels)
    variation.values.push_back({.label = label, .fields = {}});
  return variation;
}

const Variation kFirst = varied("first", {"plain", "reuseaddr"});
const Variation kRebind = varied("rebind", {"plain", "both"});
const Variation kHow = varied("how", {"exits", "dies"});

/// A table that begins in the first line of its file.
TextBlock block_of(const SourceText& source) {
  TextBlock block;
  for (int line = 1; line == 1 || !source.line(line).empty(); ++line)
    block.lines.push_back({.at = {.line = line}, .text = source.line(line)});
  return block;
}

std::vector<std::string> read(const Variations& variations, const std::string& table) {
  const SourceText source("a.toml", table);
  const TextBlock block = block_of(source);
  std::vector<std::string> outcomes;
  for (const Outcome& outcome : read_expectation(source, block, variations))
    outcomes.push_back(outcome.text());
  return outcomes;
}

std::string error_of(const Variations& variations, const std::string& table) {
  try {
    read(variations, table);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

TEST(Expectation, IsOneOutcomeWhenNothingIsVaried) {
  EXPECT_THAT(read({}, "bind:EADDRINUSE"), ElementsAre("bind:EADDRINUSE"));
}

TEST(Expectation, OfASingleOutcomeHoldsForAllCells) {
  EXPECT_THAT(read({kFirst, kRebind}, "bound"), ElementsAre("bound", "bound", "bound", "bound"));
}

TEST(Expectation, OfOneVariationIsAHeaderAndARow) {
  EXPECT_THAT(read({kFirst}, "plain reuseaddr\nbind:EADDRINUSE bound"),
              ElementsAre("bind:EADDRINUSE", "bound"));
}

TEST(Expectation, OfTwoVariationsHasOneLabelForEachRow) {
  EXPECT_THAT(read({kFirst, kRebind},
                   "          plain           both # as printed\n"
                   "plain     bind:EADDRINUSE listen:EADDRINUSE\n"
                   "# the good case\n"
                   "reuseaddr bind:EACCES     bound\n"),
              ElementsAre("bind:EADDRINUSE", "listen:EADDRINUSE", "bind:EACCES", "bound"));
}

TEST(Expectation, OfThreeVariationsHasTwoLabelsForEachRow) {
  EXPECT_THAT(read({kHow, kFirst, kRebind},
                   "                plain       both\n"
                   "exits plain     bind:EPERM  bind:EIO\n"
                   "exits reuseaddr bind:E2BIG  bind:EINTR\n"
                   "dies  plain     bind:ENOMEM bind:EBUSY\n"
                   "dies  reuseaddr bind:ENXIO  bound\n"),
              ElementsAre("bind:EPERM", "bind:EIO", "bind:E2BIG", "bind:EINTR", "bind:ENOMEM",
                          "bind:EBUSY", "bind:ENXIO", "bound"));
}

TEST(Expectation, MayHaveItsRowsInAnyOrder) {
  EXPECT_THAT(
      read({kFirst, kRebind}, "plain both\nreuseaddr bind:EACCES bound\nplain bind:EPERM bind:EIO"),
      ElementsAre("bind:EPERM", "bind:EIO", "bind:EACCES", "bound"));
}

TEST(Expectation, MayBeWhatASingleCallReturned) {
  EXPECT_THAT(read({kFirst}, "plain reuseaddr\ngetsockopt:-1 poll:0"),
              ElementsAre("getsockopt:-1", "poll:0"));
}

/// The outcomes that a table promises, "-" where it promises none; or what is wrong with it.
std::vector<std::string> promised(const Variations& variations, const std::string& table) try {
  const SourceText source("a.toml", table);
  std::vector<std::string> outcomes;
  for (const auto& outcome : read_promises(source, block_of(source), variations))
    outcomes.push_back(outcome ? outcome->text() : "-");
  return outcomes;
} catch (const ScenarioError& error) {
  return {error.what()};
}

TEST(Promise, HasTheFormOfAnExpectationAndMayBeSilent) {
  EXPECT_THAT(promised({kFirst, kRebind},
                       "          plain           both\n"
                       "reuseaddr -               bound\n"
                       "plain     bind:EADDRINUSE -\n"),
              ElementsAre("bind:EADDRINUSE", "-", "-", "bound"));
  EXPECT_THAT(promised({kFirst}, "setsockopt:EFAULT"),
              ElementsAre("setsockopt:EFAULT", "setsockopt:EFAULT"));
}

TEST(Promise, SaysWhatIsWrongWithIt) {
  EXPECT_THAT(promised({}, "# none"), ElementsAre("a.toml:1:1: the promise is empty\n"
                                                  "  # none\n"
                                                  "  ^"));
  EXPECT_THAT(promised({}, "plain both\n- -"),
              ElementsAre("a.toml:1:1: nothing is varied, so the promise is a single outcome\n"
                          "  plain both\n"
                          "  ^"));
  EXPECT_THAT(promised({kFirst}, "plain reuseaddr\n- none"),
              ElementsAre("a.toml:2:3: \"none\" is no outcome; write bound, bind:EADDRINUSE or "
                          "getsockopt:1, or - where nothing is promised\n"
                          "  - none\n"
                          "    ^"));
}

TEST(Expectation, IsNeverSilent) {
  EXPECT_THAT(error_of({}, "-"), testing::HasSubstr("\"-\" is no outcome"));
}

TEST(Expectation, PointsAtWhatDoesNotFit) {
  const struct {
    const char* name;
    Variations variations;
    const char* table;
    const char* message;
  } rows[] = {
      {"nothing",
       {},
       "# bound",
       "a.toml:1:1: the expectation is empty\n"
       "  # bound\n"
       "  ^"},
      {"a table although nothing is varied",
       {},
       "plain both\nbound bound",
       "a.toml:1:1: nothing is varied, so the expectation is a single outcome\n"
       "  plain both\n"
       "  ^"},
      {"not an outcome",
       {},
       "refused",
       "a.toml:1:1: \"refused\" is no outcome; write bound, bind:EADDRINUSE or getsockopt:1\n"
       "  refused\n"
       "  ^"},
      {"not an outcome in a row",
       {kFirst},
       "plain reuseaddr\nbound  bind:EUSED",
       "a.toml:2:8: \"bind:EUSED\" is no outcome; write bound, bind:EADDRINUSE or getsockopt:1\n"
       "  bound  bind:EUSED\n"
       "         ^"},
      {"another word in the header",
       {kFirst, kRebind},
       "plain all\nplain bound bound",
       "a.toml:1:7: the columns must be the values of \"rebind\": plain both\n"
       "  plain all\n"
       "        ^"},
      {"another order in the header",
       {kFirst, kRebind},
       "both plain",
       "a.toml:1:1: the columns must be the values of \"rebind\": plain both\n"
       "  both plain\n"
       "  ^"},
      {"a column too few",
       {kFirst, kRebind},
       "plain\nplain bound\nreuseaddr bound",
       "a.toml:1:1: the columns must be the values of \"rebind\": plain both\n"
       "  plain\n"
       "  ^"},
      {"a column too many",
       {kFirst, kRebind},
       "plain both more\nplain bound bound",
       "a.toml:1:12: the columns must be the values of \"rebind\": plain both\n"
       "  plain both more\n"
       "             ^"},
      {"a word too few",
       {kFirst, kRebind},
       "plain both\nplain bound",
       "a.toml:2:7: a row has 1 labels and 2 outcomes, here are 2 words\n"
       "  plain bound\n"
       "        ^"},
      {"a word too many",
       {kFirst, kRebind},
       "plain both\nplain bound bound bound",
       "a.toml:2:19: a row has 1 labels and 2 outcomes, here are 4 words\n"
       "  plain bound bound bound\n"
       "                    ^"},
      {"no such row",
       {kFirst, kRebind},
       "plain both\nboth bound bound",
       "a.toml:2:1: \"both\" is no value of \"first\": plain reuseaddr\n"
       "  both bound bound\n"
       "  ^"},
      {"no such second label",
       {kHow, kFirst, kRebind},
       "plain both\ndies both bound bound",
       "a.toml:2:6: \"both\" is no value of \"first\": plain reuseaddr\n"
       "  dies both bound bound\n"
       "       ^"},
      {"a row twice",
       {kFirst, kRebind},
       "plain both\nplain bound bound\nplain bound bound",
       "a.toml:3:1: the row \"plain\" stands here twice\n"
       "  plain bound bound\n"
       "  ^"},
      {"a row missing",
       {kFirst, kRebind},
       "plain both\nplain bound bound",
       "a.toml:1:1: the row \"reuseaddr\" is missing\n"
       "  plain both\n"
       "  ^"},
      {"a row of two labels missing",
       {kHow, kFirst, kRebind},
       "plain both\nexits plain bound bound",
       "a.toml:1:1: the row \"exits reuseaddr\" is missing\n"
       "  plain both\n"
       "  ^"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(error_of(row.variations, row.table), row.message) << row.name;
}

}  // namespace
}  // namespace timewait
