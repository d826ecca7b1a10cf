#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"
#include "harness/run/run_settings.h"
#include "harness/scenario/shard.h"

namespace timewait {

/// What was asked of `timewait run`.
struct RunOptions {
  Locations locations = default_locations();
  std::vector<std::string> names;
  std::string tag;
  int jobs = 0;  ///< 0: one for each core
  int repeat = 1;
  std::optional<std::string> shard;  ///< "2/3"; nothing: all, unless the environment says otherwise
  std::string out = "results/run/latest";
  std::string resume;  ///< the folder of a run that is to be gone on with; empty: a new run
  bool no_out = false;
  std::string format = "text";
  std::string html;  ///< where the page goes; empty: there is none
  std::string language = default_language();
  std::string evidence = "failed";
  std::string mutation;   ///< how the kernel is to be broken; empty: not at all
  std::string isolation;  ///< the rung that is asked for; empty: the best that works
  bool trace = false;
  bool step = false;
  std::string pcap;
  bool no_limits = false;
  bool no_foreign = false;
  double step_timeout = 10;
  double cell_timeout = 60;

  /// --trace, --step and --pcap are about a single cell.
  bool is_about_one_cell() const { return trace || step || !pcap.empty(); }
};

/// Adds the options of `run` to `command`; parsing fills `options`, which must live until then.
void add_run_options(CLI::App& command, RunOptions& options);

/// Throws BadInput for what cannot be meant together, or cannot be run at all.
void check_options(const RunOptions& options);

/// The part of the cells that --shard names, or else the variables by which GoogleTest is told;
/// none where one cell is looked at. Touches GTEST_SHARD_STATUS_FILE, which says that they are
/// heeded.
std::optional<Shard> shard_asked_for(const RunOptions& options);

/// How the cells are to be run. Throws BadInput for a time limit that is no number.
RunSettings settings_of(const RunOptions& options, Isolation isolation);

}  // namespace timewait
