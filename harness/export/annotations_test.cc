#include "harness/export/annotations.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "harness/export/test_results.h"

namespace timewait {
namespace {

std::string annotations_of(const std::vector<Record>& records) {
  std::string text;
  write_annotations(TestRun(records).results().matrix,
                    [&](std::string_view part) { text += part; });
  return text;
}

TEST(Annotations, MarkTheScenarioOfACellThatDidNotPass) {
  EXPECT_EQ(annotations_of(all_verdicts()),
            "::error file=scenarios/who-closes-first/server-closes-first.toml,title=fail%3A "
            "server-closes-first/rebind=reuseaddr::expected bound, got bind:EADDRINUSE\n"
            "::error file=scenarios/who-closes-first/server-closes-first.toml,title=error%3A "
            "server-closes-first/rebind=all::the cell was killed after its limit of 60 s\n"
            "::warning file=scenarios/who-closes-first/server-closes-first.toml,"
            "title=inconclusive%3A server-closes-first/rebind=reuseport::the table held nothing\n"
            "::notice file=scenarios/who-closes-first/server-closes-first.toml,title=skip%3A "
            "server-closes-first/rebind=both::nc is not installed\n");
}

TEST(Annotations, EscapeWhatWouldEndThem) {
  EXPECT_EQ(annotations_of({ended_with(Verdict::fail, "50 %, a:b\r\n::error::c\x1b", "a,b:c%")}),
            "::error file=scenarios/who-closes-first/server-closes-first.toml,title=fail%3A "
            "server-closes-first/rebind=a%2Cb%3Ac%25::50 %25, a:b%0D%0A::error::c\uFFFD\n");
}

TEST(Annotations, AreNoMoreThanGithubShows) {
  std::vector<Record> records;
  for (int i = 0; i < 10; ++i) records.push_back(ended_with(Verdict::fail, "x", std::to_string(i)));
  const auto count = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  EXPECT_EQ(count(annotations_of(records)), 10);
  EXPECT_THAT(annotations_of(records), testing::Not(testing::HasSubstr("more")));
  records.push_back(ended_with(Verdict::error, "x", "10"));
  records.push_back(ended_with(Verdict::skip, "x", "11"));
  const std::string text = annotations_of(records);
  EXPECT_EQ(count(text), 11);
  EXPECT_THAT(text, testing::HasSubstr("rebind=8::x\n::error title=timewait::2 more cells did not "
                                       "pass\n::notice "));
}

TEST(Annotations, SayNothingOfCellsThatPassed) {
  EXPECT_EQ(annotations_of({ended_with(Verdict::pass, "", "plain")}), "");
}

}  // namespace
}  // namespace timewait
