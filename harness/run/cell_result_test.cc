// What reports are given of a record that was kept.

#include "harness/run/cell_result.h"

#include <gtest/gtest.h>

#include "harness/run/test_full_record.h"

namespace timewait {
namespace {

TEST(RecordJson, GivesReportsBackWhatTheyNeed) {
  const CellResult result = cell_result_of(kept(full_record()));
  EXPECT_EQ(result.scenario, "server-closes-first");
  EXPECT_EQ(result.theme, "who-closes-first");
  EXPECT_EQ(result.title, "The server closes first");
  EXPECT_EQ(cell_name(result.point), "rebind=plain,first=both");
  EXPECT_EQ(result.verdict, Verdict::fail);
  EXPECT_EQ(result.reason, "expected bound, got bind:EADDRINUSE");
  EXPECT_EQ(result.outcome, "bind:EADDRINUSE");
  EXPECT_EQ(result.expected, "bound");
}

TEST(RecordJson, GivesAnEmptyOutcomeBackWhereThereWasNone) {
  EXPECT_EQ(cell_result_of(kept(Record{})).outcome, "");
}

TEST(RecordJson, GivesBackWhatWasMeasured) {
  Record record = full_record();
  EXPECT_EQ(cell_result_of(record).measured, "");
  record.repetition =
      Repetition{.took = std::chrono::seconds(64), .at_least = std::chrono::seconds(64)};
  EXPECT_EQ(cell_result_of(record).measured, "for 64 s");
  record.outcome = Outcome::bound();
  record.repetition->at_most = std::chrono::seconds(66);
  EXPECT_EQ(cell_result_of(record).measured, "after 64.00 s (64 to 66 s)");
}

TEST(RecordJson, GivesBackWhatThePreconditionsSaw) {
  const struct {
    const char* name;
    std::vector<PreconditionRecord> looks;
    const char* seen;
  } rows[] = {
      {"no look", {}, ""},
      {"the server alone", {{"server", "TIME_WAIT", "2 TIME_WAIT"}}, "2 TIME_WAIT"},
      {"a client alone", {{"client", "TIME_WAIT", "TIME_WAIT"}}, "client TIME_WAIT"},
      {"nothing at all", {{"server", "nothing", "nothing"}, {"client", "", "nothing"}}, "nothing"},
      {"a client that is gone",
       {{"server", "", "TIME_WAIT"}, {"client", "", "nothing"}},
       "TIME_WAIT"},
      {"both",
       {{"server", "", "LISTEN"}, {"client", "", "SYN_SENT"}},
       "server LISTEN; client SYN_SENT"},
  };
  for (const auto& row : rows) {
    Record record = full_record();
    record.preconditions = row.looks;
    EXPECT_EQ(cell_result_of(record).seen, row.seen) << row.name;
  }
}

}  // namespace
}  // namespace timewait
