#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace timewait {

/// A text in its languages: {"en": ..., "zh": ...}, the latter where there is a translation, which
/// an empty one is not.
nlohmann::ordered_json in_languages(std::string_view english, std::string_view chinese);

}  // namespace timewait
