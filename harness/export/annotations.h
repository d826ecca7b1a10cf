#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// So many annotations of one kind GitHub shows for a step.
inline constexpr int kMostAnnotations = 10;

/// The cells that did not pass as workflow commands, with which GitHub Actions marks the scenario
/// files: an error for `fail` and `error`, a warning for `inconclusive`, a notice for `skip`. Where
/// there are too many of a kind the last one says how many more.
void write_annotations(const Matrix& matrix, const Sink& sink);

}  // namespace timewait
