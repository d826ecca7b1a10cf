// A small run, and texts in Chinese, for tests of the page.
#pragma once

#include <string>
#include <vector>

#include "harness/export/exporter.h"
#include "harness/page/page_sources.h"
#include "harness/report/record_story.h"

namespace timewait {

/// Records that are a run.
class SmallRun {
 public:
  explicit SmallRun(std::vector<Record> records) : records_(std::move(records)) {
    for (const Record& record : records_) matrix_.add(cell_result_of(record));
    summary_ = {.kernel = "6.18.44",
                .isolation = "user+net+pid namespaces",
                .sysctls = {{"net.ipv4.tcp_rfc1337", "0"}},
                .version = "0.1.0",
                .jobs = 2,
                .cells = matrix_.counts().all(),
                .left_out = {{"slow", 21}},
                .wall_time = std::chrono::milliseconds(150)};
  }

  RunResults results() const {
    return {.matrix = matrix_, .summary = summary_, .for_each = [this](const auto& take) {
              for (const Record& record : records_) take(record);
            }};
  }

  const Matrix& matrix() const { return matrix_; }

 private:
  std::vector<Record> records_;
  Matrix matrix_;
  RunSummary summary_;
};

/// A cell of a theme without evidence: a rebind in vain over TIME_WAIT, 1.5 s after 1970 began.
inline Record held_port(const std::string& rebind) {
  RecordStory story(untold("server-closes-first", "The server closes first",
                           {{"first", "plain"}, {"rebind", rebind}}));
  story.at(0.1).step("server runs chat_server");
  story.at(2).step("precondition server TIME_WAIT");
  rebind_in_vain(story, 3);
  Record record = std::move(story.record);
  record.theme = "who-closes-first";
  record.evidence.reset();
  for (StepRecord& step : record.steps) step.table.reset();
  record.table_before = {time_wait_entry("127.0.0.1:12000", "127.0.0.1:40312")};
  record.table_after = record.table_before;
  record.preconditions = {{"server", "TIME_WAIT", "TIME_WAIT"}};
  record.predicted = PredictionRecord{.outcome = record.outcome,
                                      .rules = {"wildcard_covers_all", "port_is_taken"},
                                      .why = {verbatim("TIME_WAIT holds it.")}};
  record.attempt_by = "rebind";
  record.actors.front().command = {"/opt/programs/chat_server", "--with", "plain"};
  record.actors.front().end = "exit 0";
  record.started = std::chrono::system_clock::time_point(std::chrono::milliseconds(1500));
  return record;
}

}  // namespace timewait
