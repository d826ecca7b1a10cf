#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/output_style.h"
#include "harness/cli/page_output.h"
#include "harness/cli/record_folder.h"
#include "harness/cli/run_setup.h"
#include "harness/process/stop_signals.h"
#include "harness/report/matrix.h"
#include "harness/run/record_store.h"

namespace timewait {

/// One sitting of a run: it runs cells until all have run or somebody stops it, keeps their
/// records, and prints what there is.
class RunSession {
 public:
  /// What the arguments refer to must live as long as this object.
  RunSession(const RunOptions& options, const PageOutput& page, const RunSetup& setup);

  /// Runs all cells. Returns the exit code of the program.
  int begin();

  /// Runs those that have no record yet in the folder of `lock`, that of the run whose plan this
  /// is.
  int go_on(FolderLock lock);

 private:
  int sit_through(const std::function<void()>& prepare);
  void make_store();
  void open_store();
  void adopt(const RecordFolder& folder);
  void play(StopSignals& stop);
  void finish();
  int stopped_by(int signal);
  void take(const Record& record);
  void show();
  RunResults results();
  Record only_record();

  const RunOptions& options_;
  const PageOutput& page_;
  const RunSetup& setup_;
  const OutputStyle style_;
  const std::vector<CellJob> jobs_;
  std::vector<std::size_t> to_run_;  ///< indices of the jobs without a record
  RunSummary summary_;
  Matrix matrix_;
  std::optional<RecordStore> store_;
  const std::optional<std::chrono::sys_seconds> date_;
};

}  // namespace timewait
