#pragma once

#include <functional>
#include <string>

#include "harness/run/run_summary.h"

namespace timewait {

/// The folder that `run --out` wrote.
class RecordFolder {
 public:
  explicit RecordFolder(std::string path) : path_(std::move(path)) {}

  /// Throws BadInput when there is no run.json that can be read.
  RunSummary summary() const;

  /// Calls `take` for each record, a line of JSON. What `take` throws gets the place of the line.
  void for_each(const std::function<void(const std::string& line)>& take) const;

  std::string records_path() const { return path_ + "/records.jsonl"; }

 private:
  std::string path_;
};

}  // namespace timewait
