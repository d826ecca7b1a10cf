#include "harness/page/script_block.h"

#include <string_view>
#include <utility>

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

/// What may stand in JSON, but not in a script. All of it stands within texts only, so that an
/// escape can take its place.
constexpr std::pair<std::string_view, std::string_view> kEscapes[] = {
    {"<", "\\u003c"},
    {"\u2028", "\\u2028"},
    {"\u2029", "\\u2029"},
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

}  // namespace

std::string in_script_block(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (const auto& [what, by] : kEscapes) text = replaced(std::move(text), what, by);
  return text;
}

}  // namespace timewait
