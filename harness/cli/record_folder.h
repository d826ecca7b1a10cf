#pragma once

#include <functional>
#include <string>

#include "harness/run/record.h"
#include "harness/run/run_plan.h"

namespace timewait {

/// The folder that `run --out` wrote. A run that was stopped or killed, or goes on, has no run.json
/// yet; then it is known by its plan.json, and its records are those lines of records.jsonl that
/// are whole.
class RecordFolder {
 public:
  explicit RecordFolder(std::string path) : path_(std::move(path)) {}

  /// True when the run came to its end.
  bool is_whole() const;

  /// Of a run that is not whole, what it was to do, for whoever is to go on with it. Throws
  /// BadInput with what to do when there is no plan, or it is of another user, whose programs it
  /// may name.
  RunPlan own_plan() const;

  /// What is true of the run, or of that part of it that is there; then standard error is told so.
  /// Throws BadInput when there is neither a run.json nor a plan.json that can be read.
  RunSummary summary() const;

  /// Calls `take` for each record, with the verdict that it has now (judge_again()). Throws
  /// BadInput with the place of a line that is no record.
  void for_each(const std::function<void(const Record&)>& take) const;

  /// As for_each(), with the line that holds the record, as it stands in the file.
  void for_each_line(const std::function<void(const std::string&, const Record&)>& take) const;

  /// Throws BadInput when there are not as many records as the run made: it was cut short.
  void expect_whole(const RunSummary& summary, int records) const;

  std::string records_path() const { return path_ + "/records.jsonl"; }

 private:
  bool is_part() const;
  RunSummary summary_of_part() const;
  bool for_each_text(const std::function<void(const std::string& line, int number)>& take) const;

  std::string path_;
};

}  // namespace timewait
