#pragma once

#include <string>
#include <vector>

#include "harness/report/matrix.h"
#include "harness/report/text_style.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// "expected = predicted = kernel in 16 of 16": a pass means that all three agree, unless the model
/// does not know a script. Empty when nothing passed.
std::string agreement_words(const Matrix& matrix, const TextStyle& style);

/// "left out because they are slow: 14 cells (--tag slow)"; empty when nothing was.
std::string left_out_words(const RunSummary& summary, const TextStyle& style);

/// "not the whole run, only shard 2/3 of it"; empty for a whole one.
std::string shard_words(const RunSummary& summary, const TextStyle& style);

/// "not the whole run, only 412 of its 1348 cells"; empty for one that was not interrupted.
std::string interrupted_words(const RunSummary& summary, const TextStyle& style);

/// What this machine does not let the harness do or see, a sentence each.
std::vector<std::string> shortcomings(const RunSummary& summary, const TextStyle& style);

}  // namespace timewait
