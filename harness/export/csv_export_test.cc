#include "harness/export/csv_export.h"

#include <gmock/gmock.h>

#include "harness/export/test_results.h"

namespace timewait {
namespace {

using testing::HasSubstr;

TEST(CsvExport, HasARowForEachRecord) {
  EXPECT_EQ(TestRun(all_verdicts()).as("csv"),
            "theme,scenario,cell,verdict,outcome,expected,predicted,promised,seen,measured,reason,"
            "explanation,duration_ms,kernel,isolation\r\n"
            "who-closes-first,server-closes-first,rebind=plain,pass,bind:EADDRINUSE,"
            "bind:EADDRINUSE,,,TIME_WAIT,,,,2.500,6.18.44,user+net+pid namespaces\r\n"
            "who-closes-first,server-closes-first,rebind=reuseaddr,fail,bind:EADDRINUSE,bound,"
            "bound,,TIME_WAIT,,\"expected bound, got bind:EADDRINUSE\",Both sockets have "
            "SO_REUSEADDR.,2.500,6.18.44,user+net+pid namespaces\r\n"
            "who-closes-first,server-closes-first,rebind=reuseport,inconclusive,bind:EADDRINUSE,"
            "bind:EADDRINUSE,,,TIME_WAIT,,the table held nothing,,2.500,6.18.44,user+net+pid "
            "namespaces\r\n"
            "who-closes-first,server-closes-first,rebind=both,skip,,bind:EADDRINUSE,,,TIME_WAIT,,"
            "nc is not installed,,2.500,6.18.44,user+net+pid namespaces\r\n"
            "who-closes-first,server-closes-first,rebind=all,error,,bind:EADDRINUSE,,,TIME_WAIT,,"
            "the cell was killed after its limit of 60 s,,2.500,6.18.44,user+net+pid "
            "namespaces\r\n");
}

TEST(CsvExport, HasARowForEachRunOfACell) {
  const Record record = failing();
  const std::string text = TestRun({record, record, record}).as("csv");
  EXPECT_EQ(std::ranges::count(text, '\n'), 4);
}

TEST(CsvExport, KeepsEmptyFirstFields) {
  Record record = failing();
  record.theme.clear();
  EXPECT_THAT(TestRun({record}).as("csv"), HasSubstr("\r\n,server-closes-first,"));
}

TEST(CsvExport, QuotesWhatSeparates) {
  const struct {
    std::string reason;
    std::string field;
  } rows[] = {{"a,b", "\"a,b\""}, {"say \"a\"", "\"say \"\"a\"\"\""}, {"a\nb", "\"a\nb\""},
              {"a b", "a b"},     {"a\rb\x01", "a\uFFFDb\uFFFD"},     {"a\xff", "a\uFFFD"}};
  for (const auto& row : rows)
    EXPECT_THAT(TestRun({ended_with(Verdict::fail, row.reason, "plain")}).as("csv"),
                HasSubstr("TIME_WAIT,," + row.field + ",,2.500"));
}

TEST(CsvExport, LetsNothingBecomeAFormula) {
  const struct {
    std::string reason;
    std::string field;
  } rows[] = {{"=1+1", "'=1+1"},
              {"+1", "'+1"},
              {"-1", "'-1"},
              {"@SUM(A1)", "'@SUM(A1)"},
              {"=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\""},
              {" \t=1", "' \t=1"},
              {"-", "-"},
              {"1=1", "1=1"}};
  for (const auto& row : rows)
    EXPECT_THAT(TestRun({ended_with(Verdict::fail, row.reason, "plain")}).as("csv"),
                HasSubstr("TIME_WAIT,," + row.field + ",,2.500"));
}

}  // namespace
}  // namespace timewait
