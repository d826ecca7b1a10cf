#pragma once

#include <nlohmann/json.hpp>

#include "harness/model/saying.h"
#include "harness/run/kept_json.h"

namespace timewait {

/// ["held_by", "127.0.0.1:5120", ["an_entry", "TIME_WAIT"], ["had_neither"]]: the phrase, then what
/// stands in its places, a text or a further saying.
nlohmann::ordered_json to_json(const Saying& saying);

/// The same for each sentence.
nlohmann::ordered_json to_json(const Explanation& explanation);

/// Throws BadInput for what to_json() does not write: phrases and rules must be known, and each
/// place of a phrase must have its argument.
Explanation read_explanation(const KeptValue& json);

}  // namespace timewait
