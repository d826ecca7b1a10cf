#include "harness/scenario/cell_pattern.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::ThrowsMessage;

/// A scenario that varies as it is told; only the names of its cells matter here.
Scenario scenario(const std::string& name, const std::vector<Point>& points) {
  Scenario scenario{.name = name};
  for (const Point& point : points) scenario.cells.push_back({.point = point});
  return scenario;
}

std::vector<Scenario> scenarios() {
  Scenario pair = scenario("pair", {{{"first", "plain"}, {"rebind", "plain"}},
                                    {{"first", "plain"}, {"rebind", "both"}},
                                    {{"first", "both"}, {"rebind", "plain"}},
                                    {{"first", "both"}, {"rebind", "both"}}});
  pair.variations = {{.name = "first", .values = {{.label = "plain"}, {.label = "both"}}},
                     {.name = "rebind", .values = {{.label = "plain"}, {.label = "both"}}}};
  return {pair, scenario("alone", {{}})};
}

std::vector<std::string> names_of(const std::string& pattern) {
  const auto all = scenarios();
  std::vector<std::string> names;
  for (const auto& [one, cell] : cells_matching(all, pattern))
    names.push_back(one->name + "/" + cell_name(cell->point));
  return names;
}

TEST(CellPattern, NamesOneCell) {
  EXPECT_THAT(names_of("pair/first=plain,rebind=both"),
              ElementsAre("pair/first=plain,rebind=both"));
}

TEST(CellPattern, NamesAllValuesWithAStar) {
  EXPECT_THAT(names_of("pair/first=*,rebind=both"),
              ElementsAre("pair/first=plain,rebind=both", "pair/first=both,rebind=both"));
}

TEST(CellPattern, NamesSomeValues) {
  EXPECT_THAT(names_of("pair/first=both,rebind=plain|both"),
              ElementsAre("pair/first=both,rebind=plain", "pair/first=both,rebind=both"));
}

TEST(CellPattern, NamesTheOnlyCellOfAScenarioThatVariesNothing) {
  EXPECT_THAT(names_of("alone"), ElementsAre("alone/-"));
}

TEST(CellPattern, RefusesWhatThereIsNot) {
  const struct {
    const char* name;
    const char* pattern;
    const char* why;
  } rows[] = {
      {"unknown scenario", "pare/first=*,rebind=*",
       "there is no scenario \"pare\"; did you mean pair? (\"timewait list\" shows all)"},
      {"unknown value", "pair/first=reuseaddr,rebind=*",
       "\"reuseaddr\" is no value of first; it has plain, both"},
      {"no value", "pair/first=,rebind=*", "\"\" is no value of first; it has plain, both"},
      {"one value of several is unknown", "pair/first=plain|x,rebind=*",
       "\"x\" is no value of first; it has plain, both"},
      {"nothing named", "pair", "name all that is varied, in its order: pair/first=*,rebind=*"},
      {"one not named", "pair/first=*",
       "name all that is varied, in its order: pair/first=*,rebind=*"},
      {"another order", "pair/rebind=*,first=*",
       "name all that is varied, in its order: pair/first=*,rebind=*"},
      {"one too many", "pair/first=*,rebind=*,third=*",
       "name all that is varied, in its order: pair/first=*,rebind=*"},
      {"unknown variation", "pair/first=*,with=*",
       "name all that is varied, in its order: pair/first=*,rebind=*"},
      {"a cell of a scenario that varies nothing", "alone/first=*",
       "name all that is varied, in its order: alone"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_THAT([&] { names_of(row.pattern); }, ThrowsMessage<BadInput>(row.why));
  }
}

}  // namespace
}  // namespace timewait
