#include "harness/page/page_matrix.h"

#include <gtest/gtest.h>

#include "harness/page/test_page.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Record record_at(const std::string& scenario, const Point& point, const std::string& theme) {
  Record record = untold(scenario, "Title of " + scenario, point);
  record.theme = theme;
  return record;
}

PageSources sources_with(const Translations& translations) {
  return {.scenarios = {{"two",
                         {.title = "Title of the file",
                          .teaches = "A lesson.",
                          .from = {"S1"},
                          .file = "scenarios/b/two.toml"}}},
          .claims = {},

          .translations = translations};
}

const std::vector<Record> kRecords{
    record_at("one", {}, "a-theme"),
    record_at("two", {{"first", "plain"}, {"rebind", "plain"}}, "b"),
    record_at("two", {{"first", "plain"}, {"rebind", "both"}}, "b"),
    record_at("two", {{"first", "both"}, {"rebind", "both"}}, "b"),
};

TEST(PageMatrix, HasThemesWithTheNumbersOfTheirScenarios) {
  const SmallRun run(kRecords);
  EXPECT_EQ(PageMatrix(run.matrix()).themes_json(ChineseTexts()), Json::parse(R"([
    {"name": {"en": "a theme", "zh": "中 a-theme"}, "id": "a-theme", "scenarios": [0]},
    {"name": {"en": "b", "zh": "中 b"}, "id": "b", "scenarios": [1]}])"));
}

TEST(PageMatrix, KnowsWhichCellStandsWhereAndWhichDidNotRun) {
  const SmallRun run(kRecords);
  PageMatrix matrix(run.matrix());
  for (std::size_t i = 0; i < kRecords.size(); ++i)
    matrix.place_of(kRecords[i].scenario, kRecords[i].point).number = 3 - i;
  const Translations none;
  EXPECT_EQ(matrix.scenarios_json(sources_with(none)), Json::parse(R"([
    {"name": "one", "theme": 0, "title": {"en": "Title of one"},
     "row_names": [], "column_name": "", "rows": [[]], "columns": [""], "cells": [[3]]},
    {"name": "two", "theme": 1, "title": {"en": "Title of the file"},
     "teaches": {"en": "A lesson."}, "from": ["S1"], "file": "scenarios/b/two.toml",
     "row_names": ["first"], "column_name": "rebind",
     "rows": [["plain"], ["both"]], "columns": ["plain", "both"],
     "cells": [[2, 1], [null, 0]]}])"));
}

TEST(PageMatrix, HasTitlesAndLessonsInChinese) {
  const SmallRun run(kRecords);
  const ChineseTexts chinese;
  const Json scenario = PageMatrix(run.matrix()).scenarios_json(sources_with(chinese))[1];
  EXPECT_EQ(scenario["title"]["zh"], "中 two");
  EXPECT_EQ(scenario["teaches"]["zh"], "中 two");
}

}  // namespace
}  // namespace timewait
