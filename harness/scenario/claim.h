#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/outcome.h"

namespace timewait {

/// Where the claims are, in the folder of the scenarios.
inline constexpr const char* kClaimsFile = "claims.toml";

/// From so many seconds to so many.
struct SecondsRange {
  double least = 0;
  double most = 0;
};

/// Cells that decide a claim, and what each of them gives if the claim is true.
struct ClaimedCells {
  std::string pattern;             ///< as written, "SCENARIO/first=plain|reuseaddr,rebind=*"
  std::vector<std::string> cells;  ///< that it names, "SCENARIO/CELL"
  std::string slow_tag;            ///< by which they run; empty when they need none
  Outcome claimed;
  std::optional<SecondsRange> seconds;  ///< how long the attempt is repeated until it is bound
  bool fulfils = false;                 ///< the condition of the claim is fulfilled in them
  bool control = false;  ///< as claimed they say nothing, otherwise the claim cannot be judged
};

/// A sentence that people teach, and the cells that decide whether it is true.
struct Claim {
  std::string id;    ///< "C5" of a document, "T2" of what is commonly taught
  std::string from;  ///< who says so
  std::string says;
  std::string truth;                ///< one sentence
  std::string condition;            ///< what it takes; goes on behind "holds only if"; may be empty
  std::vector<ClaimedCells> cells;  ///< none: no scenario decides it yet
};

}  // namespace timewait
