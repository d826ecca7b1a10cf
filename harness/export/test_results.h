// Runs that are made up, for tests of what is written about them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/export/exporter.h"
#include "harness/report/record_story.h"

namespace timewait {

/// A run that gave these records.
class TestRun {
 public:
  explicit TestRun(std::vector<Record> records) : records_(std::move(records)) {
    for (const Record& record : records_) matrix_.add(cell_result_of(record));
  }

  RunResults results() const {
    return {.matrix = matrix_,
            .summary = summary,
            .for_each =
                [this](const auto& take) {
                  for (const Record& record : records_) take(record);
                },
            .date = date};
  }

  /// The whole text in the format of that name.
  std::string as(std::string_view format, const TextStyle& style = {}) const {
    std::string text;
    find_exporter(format).write(results(), style, [&](std::string_view part) { text += part; });
    return text;
  }

  std::optional<std::chrono::sys_seconds> date;
  RunSummary summary{.kernel = "6.18.44",
                     .isolation = "user+net+pid namespaces",
                     .version = "0.1.0",
                     .jobs = 2,
                     .wall_time = std::chrono::milliseconds(1234)};

 private:
  std::vector<Record> records_;
  Matrix matrix_;
};

/// A cell of "server-closes-first" that was tried with an option set and took 2.5 ms, a second
/// after the start of the year 2026. Of its evidence there is nothing.
inline Record ended_with(Verdict verdict, const std::string& reason, const std::string& option) {
  Record record = untold("server-closes-first", "The server closes first", {{"rebind", option}});
  record.theme = "who-closes-first";
  record.verdict = verdict;
  record.reason = reason;
  record.isolation = "user+net+pid namespaces";
  record.duration = std::chrono::microseconds(2500);
  record.started += std::chrono::seconds(1767225601);
  record.preconditions = {{.actor = "server", .asked = "TIME_WAIT", .seen = "TIME_WAIT"}};
  return record;
}

inline Record failing() {
  Record record = ended_with(Verdict::fail, "expected bound, got bind:EADDRINUSE", "reuseaddr");
  record.expected = Outcome::bound();
  record.predicted = PredictionRecord{.outcome = Outcome::bound(),
                                      .why = {verbatim("Both sockets have SO_REUSEADDR.")}};
  return record;
}

/// One cell of each verdict.
inline std::vector<Record> all_verdicts() {
  std::vector<Record> records = {
      ended_with(Verdict::pass, "", "plain"), failing(),
      ended_with(Verdict::inconclusive, "the table held nothing", "reuseport"),
      ended_with(Verdict::skip, "nc is not installed", "both"),
      ended_with(Verdict::error, "the cell was killed after its limit of 60 s", "all")};
  for (const std::size_t i : {3U, 4U}) records[i].outcome.reset();
  return records;
}

/// Text that means something in each of the formats, and holds what some of them cannot hold.
inline const std::string kNastyText =
    "=1+1, \"q\" | `tick` ``` <b>&amp;</b> ]]> # SKIP \\ % a:b\r\nnext\x01\xff 你";

}  // namespace timewait
