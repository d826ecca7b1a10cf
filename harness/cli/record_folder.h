#pragma once

#include <functional>
#include <string>

#include "harness/run/record.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// The folder that `run --out` wrote.
class RecordFolder {
 public:
  explicit RecordFolder(std::string path) : path_(std::move(path)) {}

  /// Throws BadInput when there is no run.json that can be read.
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
  std::string path_;
};

}  // namespace timewait
