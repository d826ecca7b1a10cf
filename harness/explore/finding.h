#pragma once

#include <nlohmann/json_fwd.hpp>

#include "harness/explore/comparison.h"

namespace timewait {

/// A script on which the kernel and the model do not agree.
struct Finding {
  Script script;
  Disagreement disagreement;
};

/// A text that is equal for findings that may be one and the same: the same call got the same two
/// answers, or something else than an answer differs.
std::string kind_of(const Finding& finding);

/// For the pipe from a sandbox.
nlohmann::json to_json(const Finding& finding);
Finding read_finding(const nlohmann::json& json);

}  // namespace timewait
