#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace timewait {

/// `json` as it may stand in a <script> of a page: nothing in it ends the element or begins a
/// comment, whatever its texts are, and what is no UTF-8 is replaced.
std::string in_script_block(const nlohmann::ordered_json& json);

}  // namespace timewait
