#include "harness/export/junit_export.h"

#include <gmock/gmock.h>

#include "harness/export/test_results.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(JunitExport, HasASuiteForAScenarioAndACaseForACell) {
  EXPECT_EQ(TestRun({ended_with(Verdict::pass, "", "plain"),
                     ended_with(Verdict::skip, "nc is not installed", "both")})
                .as("junit"),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="timewait" tests="2" failures="0" errors="0" time="0.005">
  <testsuite name="server-closes-first" tests="2" failures="0" errors="0" time="0.005" skipped="1" timestamp="2026-01-01T00:00:01Z" file="scenarios/who-closes-first/server-closes-first.toml">
    <properties>
      <property name="title" value="The server closes first" />
      <property name="kernel" value="6.18.44" />
      <property name="isolation" value="user+net+pid namespaces" />
      <property name="timewait" value="0.1.0" />
    </properties>
    <testcase classname="who-closes-first.server-closes-first" name="rebind=plain" time="0.003" />
    <testcase classname="who-closes-first.server-closes-first" name="rebind=both" time="0.003">
      <skipped type="skip" message="nc is not installed" />
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(JunitExport, TellsFailuresErrorsAndWhatIsInconclusiveApart) {
  const std::string text = TestRun(all_verdicts()).as("junit");
  for (
      const char* line :
      {R"(<testsuites name="timewait" tests="5" failures="1" errors="2" time="0.013">)",
       R"(tests="5" failures="1" errors="2" time="0.013" skipped="1")",
       R"(<failure type="fail" message="expected bound, got bind:EADDRINUSE">Both sockets have SO_REUSEADDR.

server-closes-first/rebind=reuseaddr
)",
       R"(<error type="inconclusive" message="the table held nothing">server-closes-first/)",
       R"(<error type="error" message="the cell was killed after its limit of 60 s">server-)"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(JunitExport, PutsTheRunsOfACellIntoOneSuiteThatBeginsWithTheFirst) {
  Record other = ended_with(Verdict::pass, "", "plain");
  other.scenario = "client-closes-first";
  Record earlier = ended_with(Verdict::pass, "", "plain");
  earlier.started -= std::chrono::milliseconds(1001);
  const std::string text =
      TestRun({ended_with(Verdict::pass, "", "plain"), other, earlier}).as("junit");
  EXPECT_THAT(text, HasSubstr(R"(tests="2" failures="0" errors="0" time="0.005" skipped="0" )"
                              R"(timestamp="2025-12-31T23:59:59Z")"));
  EXPECT_THAT(text, HasSubstr(R"(<testsuite name="client-closes-first" tests="1")"));
}

TEST(JunitExport, TakesTheDateOfTheResultsIfThereIsOne) {
  TestRun run({ended_with(Verdict::pass, "", "plain")});
  run.date = std::chrono::sys_seconds(std::chrono::seconds(86400));
  EXPECT_THAT(run.as("junit"), HasSubstr(R"(timestamp="1970-01-02T00:00:00Z")"));
  EXPECT_THAT(run.as("junit"), Not(HasSubstr("2026")));
}

TEST(JunitExport, NamesACellThatVariesNothingAfterItsScenario) {
  Record record = ended_with(Verdict::pass, "", "");
  record.point.clear();
  record.theme.clear();
  const std::string text = TestRun({record}).as("junit");
  EXPECT_THAT(text, HasSubstr(R"(<testcase classname="server-closes-first" )"
                              R"(name="server-closes-first")"));
  EXPECT_THAT(text, HasSubstr(R"(file="scenarios/server-closes-first.toml")"));
}

TEST(JunitExport, HoldsNothingThatXmlForbids) {
  Record record = ended_with(Verdict::error, kNastyText, "plain");
  record.title = kNastyText;
  const std::string text = TestRun({record}).as("junit");
  EXPECT_THAT(text, HasSubstr("=1+1, &quot;q&quot; | `tick` ``` &lt;b>&amp;amp;&lt;/b> ]]"));
  EXPECT_THAT(text, HasSubstr("a:b\uFFFD&#10;next\uFFFD\uFFFD 你"));
  for (const char byte : {'\x01', '\xff', '\r'}) EXPECT_EQ(text.find(byte), std::string::npos);
}

}  // namespace
}  // namespace timewait
