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

PageSources sources_with(const Translation& chinese) {
  return {.scenarios = {{"two",
                         {.title = "Title of the file",
                          .teaches = "A lesson.",
                          .from = {"S1"},
                          .file = "scenarios/b/two.toml"}}},
          .claims = {},

          .chinese = chinese};
}

const std::vector<Record> kRecords{
    record_at("one", {}, "a-theme"),
    record_at("two", {{"first", "plain"}, {"rebind", "plain"}}, "b"),
    record_at("two", {{"first", "plain"}, {"rebind", "both"}}, "b"),
    record_at("two", {{"first", "both"}, {"rebind", "both"}}, "b"),
};

TEST(PageMatrix, HasThemesWithTheNumbersOfTheirScenarios) {
  const SmallRun run(kRecords);
  const Translation chinese{.themes = {{"a-theme", "主题"}}};
  EXPECT_EQ(PageMatrix(run.matrix()).themes_json(chinese), Json::parse(R"([
    {"name": {"en": "a theme", "zh": "主题"}, "id": "a-theme", "scenarios": [0]},
    {"name": {"en": "b"}, "id": "b", "scenarios": [1]}])"));
}

TEST(PageMatrix, KnowsWhichCellStandsWhereAndWhichDidNotRun) {
  const SmallRun run(kRecords);
  PageMatrix matrix(run.matrix());
  for (std::size_t i = 0; i < kRecords.size(); ++i)
    matrix.place_of(kRecords[i].scenario, kRecords[i].point).number = 3 - i;
  EXPECT_EQ(matrix.scenarios_json(sources_with({})), Json::parse(R"([
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
  const Translation chinese{.scenarios = {{"two", {.title = "标题", .teaches = "要点"}}}};
  const Json scenario = PageMatrix(run.matrix()).scenarios_json(sources_with(chinese))[1];
  EXPECT_EQ(scenario["title"]["zh"], "标题");
  EXPECT_EQ(scenario["teaches"]["zh"], "要点");
}

}  // namespace
}  // namespace timewait
