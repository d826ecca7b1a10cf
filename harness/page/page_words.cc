#include "harness/page/page_words.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <string>

#include "harness/base/error.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const toml::source_position& at, std::string_view what) {
  throw Error(fmt::format("the words of the page: line {}: {}", at.line, what));
}

/// Adds the texts of `table`, whose ids begin with `prefix`.
void add_words(const toml::table& table, const std::string& prefix, Json& words) {
  for (const auto& [key, node] : table) {
    const std::string id = prefix + std::string(key.str());
    if (const auto* deeper = node.as_table())
      add_words(*deeper, id + ".", words);
    else if (const auto text = node.value_exact<std::string>())
      words[id] = *text;
    else
      refuse(node.source().begin, fmt::format("\"{}\" must be a text", id));
  }
}

Json words_of(const toml::table& root, const char* language) {
  Json words = Json::object();
  if (const auto* table = root[language].as_table()) add_words(*table, "", words);
  return words;
}

}  // namespace

Json words_json(std::string_view toml) try {
  const toml::table root = toml::parse(toml);
  return {{"en", words_of(root, "en")}, {"zh", words_of(root, "zh")}};
} catch (const toml::parse_error& error) {
  refuse(error.source().begin, error.description());
}

}  // namespace timewait
