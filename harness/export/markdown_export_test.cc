#include "harness/export/markdown_export.h"

#include <gmock/gmock.h>

#include "harness/export/test_results.h"
#include "harness/report/record_examples.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

Record passing(const Point& point, const std::string& seen) {
  Record record = ended_with(Verdict::pass, "", "");
  record.point = point;
  record.preconditions.front().seen = seen;
  return record;
}

TEST(MarkdownExport, ShowsAScenarioAsATable) {
  EXPECT_EQ(
      TestRun({passing({{"client", "stays"}, {"first", "plain"}, {"rebind", "plain"}}, "TIME_WAIT"),
               passing({{"client", "stays"}, {"first", "plain"}, {"rebind", "both"}}, "TIME_WAIT"),
               passing({{"client", "leaves"}, {"first", "both"}, {"rebind", "both"}}, "TIME_WAIT")})
          .as("markdown"),
      R"(**3 cells: ✓ 3 pass** on Linux 6.18.44, user+net+pid namespaces; 1.23 s, 2 at a time

expected = predicted = kernel in 0 of 3; 3 passed without a prediction

## who closes first

### The server closes first

`server-closes-first`, seen before each attempt: TIME\_WAIT

| client | first \\ rebind | plain | both |
| --- | --- | --- | --- |
| stays | plain | ✓ `EADDRINUSE` | ✓ `EADDRINUSE` |
| leaves | both |  | ✓ `EADDRINUSE` |

)");
}

TEST(MarkdownExport, ShowsWhatWasSeenWithEachRowWhenRowsDiffer) {
  EXPECT_THAT(TestRun({passing({{"first", "exits"}, {"rebind", "plain"}}, "TIME_WAIT"),
                       passing({{"first", "dies"}, {"rebind", "plain"}}, "nothing")})
                  .as("markdown"),
              HasSubstr(R"(
`server-closes-first`

| first \\ rebind | plain | seen before |
| --- | --- | --- |
| exits | ✓ `EADDRINUSE` | TIME\_WAIT |
| dies | ✓ `EADDRINUSE` | nothing |
)"));
}

TEST(MarkdownExport, SaysWhatThePromisesOfDocumentsLookLike) {
  Record record = passing({}, "TIME_WAIT");
  EXPECT_THAT(TestRun({record}).as("markdown"), Not(HasSubstr("promises")));
  record.promised = Outcome::bound();
  const std::string text = TestRun({record}).as("markdown");
  EXPECT_THAT(text, HasSubstr("\n= as the document promises; ≠ what it promises instead\n"));
  EXPECT_THAT(text, HasSubstr("✓ `EADDRINUSE ≠ bound`\n"));
}

TEST(MarkdownExport, SaysWhatThisMachineRefusesAndWhatWasLeftOut) {
  TestRun run({passing({}, "TIME_WAIT")});
  run.summary.isolation_refusals = "a_b";
  run.summary.left_out = {{"slow", 2}};
  EXPECT_THAT(run.as("markdown"),
              HasSubstr("\n\nnot used: a\\_b\n\nexpected = predicted = kernel in 0 of 1; 1 passed "
                        "without a prediction\n\nleft out because they are slow: 2 cells (--tag "
                        "slow)\n\n## who"));
}

TEST(MarkdownExport, ShowsAScenarioThatVariesNothing) {
  EXPECT_THAT(TestRun({passing({}, "TIME_WAIT")}).as("markdown"),
              HasSubstr("TIME\\_WAIT\n\n✓ `EADDRINUSE`\n"));
}

TEST(MarkdownExport, GivesTheReasonsOfWhatDidNotPass) {
  const std::string text = TestRun(all_verdicts()).as("markdown");
  EXPECT_THAT(text, HasSubstr("**5 cells: ✓ 1 pass, ✗ 1 fail, ? 1 inconclusive, – 1 skip, "
                              "! 1 error** on"));
  EXPECT_THAT(text, HasSubstr(R"(
| rebind | plain | reuseaddr | reuseport | both | all |
| --- | --- | --- | --- | --- | --- |
|  | ✓ `EADDRINUSE` | ✗ `EADDRINUSE` | ? `EADDRINUSE` | – skip | ! error |

## Cells that did not pass

✗ **fail** `server-closes-first/rebind=reuseaddr`: expected bound, got bind:EADDRINUSE

<details><summary>what happened, and why</summary>

The model: Both sockets have SO\_REUSEADDR.

```text
server-closes-first/rebind=reuseaddr
The server closes first
)"));
  EXPECT_THAT(text, HasSubstr("```\n\n</details>\n\n? **inconclusive** "));
  EXPECT_THAT(text,
              HasSubstr("– **skip** `server-closes-first/rebind=both`: nc is not installed\n\n!"));
}

TEST(MarkdownExport, ShowsOfManyRunsOfACellTheFirstOfTheWorst) {
  const std::string text = TestRun({ended_with(Verdict::inconclusive, "first", "plain"),
                                    ended_with(Verdict::fail, "second", "plain"),
                                    ended_with(Verdict::fail, "third", "plain")})
                               .as("markdown");
  EXPECT_THAT(text, HasSubstr("**fail** `server-closes-first/rebind=plain`: second\n"));
  EXPECT_THAT(text, Not(HasSubstr("first\n\n<details>")));
  EXPECT_THAT(text, Not(HasSubstr("third")));
}

TEST(MarkdownExport, LeavesAccountsAndThenCellsOutWhereThereAreTooMany) {
  std::vector<Record> records;
  for (int i = 0; i < 9000; ++i) {
    Record record = child_keeps_the_listener();
    record.scenario += std::to_string(i / 9);
    record.point = {{"keeps", std::to_string(i)}};
    records.push_back(record);
  }
  const TestRun run(records);
  const std::string text = run.as("markdown");
  EXPECT_LE(text.size(), kMostMarkdown);
  EXPECT_GT(text.size(), kMostMarkdown * 9 / 10);
  EXPECT_THAT(text, HasSubstr("<details>"));
  EXPECT_THAT(text,
              testing::ContainsRegex(
                  "\n\nWhat happened in [1-9][0-9]* cells more did not fit here; `timewait trace` "
                  "draws it\\.\n[1-9][0-9]* cells more did not fit here at all\\.\n$"));
}

}  // namespace
}  // namespace timewait
