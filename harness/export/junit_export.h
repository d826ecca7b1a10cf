#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// JUnit's XML as Jenkins, Maven and GitLab read it; junit.xsd beside this file describes it. A
/// scenario is a test suite with its file, a cell a test case. `fail` is a failure and `skip` is
/// skipped. `error` is an error of the type "error"; so is `inconclusive`, of its own type: nothing
/// was proved, which no job may show green, but nothing is known to be wrong either. The timestamps
/// are those of the records, or the date of the results.
void write_junit(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
