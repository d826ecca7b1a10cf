#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace timewait {

/// The page's own texts by language and id, from TOML with the tables [en] and [zh]. An id may be
/// written as one quoted key or as a dotted one. Throws Error for what is no such TOML.
nlohmann::ordered_json words_json(std::string_view toml);

}  // namespace timewait
