#include "harness/run/repetition.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Repetition kUntilBound{
    .took = milliseconds(61'440), .at_least = seconds(60), .at_most = milliseconds(62'048)};
const Repetition kWatched{.took = milliseconds(64'012), .at_least = seconds(64)};

TEST(Repetition, SaysHowLongItMustTake) {
  EXPECT_EQ(span_text(kUntilBound), "60 to 62.05 s");
  EXPECT_EQ(span_text(kWatched), "64 s");
}

TEST(Repetition, SaysWhatWasMeasured) {
  Repetition cut_short = kWatched;
  cut_short.took = milliseconds(3'500);
  const struct {
    const char* name;
    const Repetition& repetition;
    bool is_bound;
    const char* text;
  } rows[] = {
      {"bound", kUntilBound, true, "after 61.44 s (60 to 62.05 s)"},
      {"never bound", kUntilBound, false, "for 61.44 s"},
      {"watched", kWatched, false, "for 64 s"},
      {"watched for less", cut_short, false, "for 3.5 s"},
      {"bound while it was watched", cut_short, true, "after 3.50 s"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(measured_text(row.repetition, row.is_bound), row.text) << row.name;
}

TEST(Repetition, AllowsForALateLookAndALateTimerAndNoMore) {
  const struct {
    const char* name;
    milliseconds refused_until;
    milliseconds took;
    bool too_early;
    bool too_late;
    bool has_gap;
  } rows[] = {
      {"a moment too early", milliseconds(59'875), milliseconds(59'899), true, false, false},
      {"seen late", milliseconds(59'875), milliseconds(59'900), false, false, false},
      {"timer late", milliseconds(62'148), milliseconds(62'175), false, false, false},
      {"a moment too late", milliseconds(62'149), milliseconds(62'175), false, true, false},
      {"tried late", milliseconds(61'000), milliseconds(61'500), false, false, false},
      {"nobody knows when", milliseconds(61'000), milliseconds(61'501), false, false, true},
  };
  for (const auto& row : rows) {
    Repetition repetition = kUntilBound;
    repetition.refused_until = row.refused_until;
    repetition.took = row.took;
    EXPECT_EQ(repetition.too_early(), row.too_early) << row.name;
    EXPECT_EQ(repetition.too_late(), row.too_late) << row.name;
    EXPECT_EQ(repetition.has_gap(), row.has_gap) << row.name;
  }
}

}  // namespace
}  // namespace timewait
