#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// The Test Anything Protocol as version 14 has it, without subtests and pragmas. The version that
/// is named is 13 all the same: it has the rest, too, and the prove of Perl 5.36 refuses 14.
///
/// `inconclusive` is `not ok`, as `fail` and `error` are, and its block says which it is: a TODO
/// would count as a success, a SKIP as nothing worth a look.
void write_tap(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
