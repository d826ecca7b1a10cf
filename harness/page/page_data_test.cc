#include "harness/page/page_data.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/page/test_page.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

PageSources no_sources() { return {.scenarios = {}, .claims = {}}; }

Json data_of(std::vector<Record> records, const PageSources& sources = no_sources()) {
  return Json::parse(page_data(SmallRun(std::move(records)).results(), sources));
}

TEST(PageData, HasItsPartsInOrder) {
  const Json data = data_of({held_port("plain")});
  std::vector<std::string> keys;
  for (const auto& [key, value] : data.items()) keys.push_back(key);
  EXPECT_THAT(keys, testing::ElementsAre("schema", "run", "words", "texts", "rules", "themes",
                                         "scenarios", "cells", "claims", "diagram"));
}

TEST(PageData, SaysWhatIsTrueOfTheRunAsAWhole) {
  const Json data = data_of({held_port("plain")});
  EXPECT_EQ(data["schema"], "timewait.page/1");
  EXPECT_EQ(data["run"], Json::parse(R"({
    "version": "0.1.0", "kernel": "6.18.44", "isolation": "user+net+pid namespaces", "jobs": 2,
    "cells": 1, "wall_ms": 150, "sysctls": {"net.ipv4.tcp_rfc1337": "0"},
    "left_out": {"slow": 21}, "started": "1970-01-01"})"));
}

TEST(PageData, HasTheDateThatItIsGiven) {
  const SmallRun run({held_port("plain")});
  RunResults results = run.results();
  results.date = std::chrono::sys_seconds(std::chrono::seconds(1'000'000'000));
  const Json data = Json::parse(page_data(results, no_sources()));
  EXPECT_EQ(data["run"]["started"], "2001-09-09");
}

TEST(PageData, IsTheSameForTheSameRecords) {
  const SmallRun run({held_port("plain"), held_port("both")});
  EXPECT_EQ(page_data(run.results(), no_sources()), page_data(run.results(), no_sources()));
}

TEST(PageData, SharesTextsAndRulesAmongCells) {
  const Json data = data_of({held_port("plain"), held_port("both")});
  ASSERT_EQ(data["cells"].size(), 2U);
  EXPECT_EQ(data["cells"][0]["why"], data["cells"][1]["why"]);
  EXPECT_EQ(data["rules"].size(), 2U);
  EXPECT_EQ(data["texts"][data["cells"][0]["why"]["en"].get<std::size_t>()], "TIME_WAIT holds it.");
}

TEST(PageData, TellsOfACellThatRanOftenTheFirstRunWithItsVerdict) {
  Record bad = held_port("plain");
  bad.verdict = Verdict::fail;
  bad.reason = "the second run";
  bad.attempt_by = "the second run's program";
  Record worse = bad;
  worse.reason = "the third run";
  worse.attempt_by = "the third run's program";
  const Json data = data_of({held_port("plain"), bad, worse});
  ASSERT_EQ(data["cells"].size(), 1U);
  EXPECT_EQ(data["cells"][0]["runs"], 3);
  EXPECT_EQ(data["cells"][0]["reason"], "the second run");
  EXPECT_EQ(data["texts"][data["cells"][0]["attempt_by"].get<std::size_t>()],
            "the second run's program");
  EXPECT_EQ(data["scenarios"][0]["cells"], Json::parse("[[0]]"));
}

TEST(PageData, JudgesTheClaims) {
  PageSources sources = no_sources();
  sources.claims = {{.id = "A",
                     .cells = {{.cells = {"server-closes-first/first=plain,rebind=plain"},
                                .claimed = Outcome::bound()}}}};
  const Json data = data_of({held_port("plain")}, sources);
  EXPECT_EQ(data["claims"][0]["verdict"], "fails");
  EXPECT_EQ(data["claims"][0]["cells"], Json::parse(R"([
    ["server-closes-first/first=plain,rebind=plain", "otherwise", "bind:EADDRINUSE"]])"));
}

TEST(PageData, LetsNoTextOfARecordIntoThePage) {
  Record record = held_port("</script><!--");
  record.verdict = Verdict::error;
  record.reason = "</script>\u2028\xff";
  record.title = "<script>";
  record.theme = "<!--";
  record.steps[0].note = "</SCRIPT >";
  record.actors[0].command = {"</script>"};
  record.predicted->why = {verbatim("<b>")};
  const std::string text = page_data(SmallRun({record}).results(), no_sources());
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("<")));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("\u2028")));
  EXPECT_EQ(Json::parse(text)["cells"][0]["reason"], "</script>\u2028\uFFFD");
}

/// 500 cells of a usual length, each with steps and a reason of its own.
std::vector<Record> many_records() {
  std::vector<Record> records;
  for (int i = 0; i < 500; ++i) {
    Record record = held_port("both");
    record.scenario = "scenario-" + std::to_string(i / 10);
    record.point.emplace_back("number", std::to_string(i));
    record.predicted->why = {verbatim(std::string(200, 'x') + std::to_string(i))};
    const StepRecord step = record.steps.front();
    record.steps.insert(record.steps.begin(), 12, step);
    record.steps.front().text += std::to_string(i);
    records.push_back(std::move(record));
  }
  return records;
}

TEST(PageData, OfFiveHundredCellsWithoutSegmentsIsUnderAMegabyte) {
  const std::string text = page_data(SmallRun(many_records()).results(), no_sources());
  EXPECT_EQ(Json::parse(text)["cells"].size(), 500U);
  EXPECT_LT(text.size(), 1'000'000U);
}

}  // namespace
}  // namespace timewait
