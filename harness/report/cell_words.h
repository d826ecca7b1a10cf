#pragma once

#include <string>

#include "harness/report/matrix.h"

namespace timewait {

/// The call that every outcome of `scenario` is of, "setsockopt": its heading names it once instead
/// of every cell. Empty when outcomes are of different calls, and for bind, which nobody names.
std::string common_call(const MatrixScenario& scenario);

/// True when a document promises something for one of the cells.
bool has_promises(const MatrixScenario& scenario);

/// What a cell says: its outcome without the call when that is bind or `call`, how long it took if
/// that was measured, then whether it is what a document promises: "bound after 61.44 s (60 to
/// 62.05 s)", "0", "EFAULT =", "0 ≠ EINVAL". Without an outcome the verdict.
std::string cell_words(const MatrixCell& cell, const std::string& call, bool unicode);

/// What all cells saw before the attempt; empty when they differ.
std::string common_sight(const MatrixScenario& scenario);
/// The same of the cells of one row.
std::string common_sight(const MatrixScenario& scenario, const std::vector<std::string>& row);

/// The sign between what a cell gave and what was promised instead.
std::string_view differs_sign(bool unicode);

}  // namespace timewait
