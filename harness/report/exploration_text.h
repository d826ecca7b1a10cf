#pragma once

#include <string>

#include "harness/base/deadline.h"
#include "harness/explore/batch.h"
#include "harness/explore/smallest.h"

namespace timewait {

/// A disagreement for people: the calls, and beside the last one what each side says.
///
///   1. 12 scripts like this one
///        socket a
///        bind a 127.0.0.1:12000
///        listen a                      the kernel says 0, the model EADDRINUSE
std::string finding_text(const SmallFinding& small, std::size_t number);

/// The end of an exploration: how much was compared and how fast, how often each rule decided,
/// which never did, and how many disagreements there are.
std::string summary_text(const Tally& tally, Duration took);

/// What the line of progress says: "120000 of 1000000 scripts, 12034/s, 2 disagreements".
std::string progress_text(const Tally& tally, std::size_t scripts, Duration took);

}  // namespace timewait
