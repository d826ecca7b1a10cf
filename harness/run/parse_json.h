#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace timewait {

/// Throws BadInput when `json` is nested deeper than anything that timewait writes: whoever walks
/// through such a value needs a stack as deep.
void check_nesting(std::string_view json);

/// Reads a file that was kept, which may be anything by now. Throws what Json::parse() does, and
/// BadInput for a text that is nested too deep.
template <typename Json>
Json parse_json(std::string_view text) {
  check_nesting(text);
  return Json::parse(text);
}

}  // namespace timewait
