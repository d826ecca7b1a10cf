#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/report/matrix.h"
#include "harness/report/text_style.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// A run whose records are all there. What it refers to belongs to somebody else.
struct RunResults {
  using Take = std::function<void(const Record&)>;

  const Matrix& matrix;
  const RunSummary& summary;
  std::function<void(const Take&)> for_each;  ///< in order, and as often as one likes
  std::optional<std::chrono::sys_seconds> date = std::nullopt;  ///< instead of the records' own
};

/// Where the text of an export goes, piece by piece.
using Sink = std::function<void(std::string_view)>;

/// A form that a run can be given. What it writes depends on its arguments alone, so that the same
/// records give the same bytes.
struct Exporter {
  std::string_view name;  ///< of --format
  std::string_view what;  ///< for the help
  bool needs_records = true;
  void (*write)(const RunResults& results, const TextStyle& style, const Sink& sink) = nullptr;
};

/// All of them, in the order of the help.
std::span<const Exporter> exporters();

/// The one called `name`, which must be there.
const Exporter& find_exporter(std::string_view name);

/// "text", "json", ...
std::vector<std::string> exporter_names();

}  // namespace timewait
