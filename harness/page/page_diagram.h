#pragma once

#include <nlohmann/json.hpp>

namespace timewait {

/// The state diagram that the model follows, as the page has it.
nlohmann::ordered_json diagram_json();

}  // namespace timewait
