#include "harness/scenario/toml_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace timewait {
namespace {

toml::table parse(const SourceText& source) {
  try {
    return toml::parse(source.text(), source.path());
  } catch (const toml::parse_error& error) {
    throw ScenarioError(source, position_of(error.source()), std::string(error.description()));
  }
}

}  // namespace

Position position_of(const toml::source_region& region) {
  return {.line = static_cast<int>(region.begin.line),
          .column = static_cast<int>(region.begin.column)};
}

TomlSource::TomlSource(const SourceText& source) : source_(source), root_(parse(source)) {}

void TomlSource::fail(const toml::node& node, const std::string& message) const {
  fail(position_of(node.source()), message);
}

void TomlSource::fail(Position at, const std::string& message) const {
  throw ScenarioError(source_, at, message);
}

void TomlSource::refuse_unknown_keys(const toml::table& table,
                                     std::span<const std::string_view> keys,
                                     std::string_view what) const {
  for (const auto& [key, value] : table)
    if (std::ranges::find(keys, key.str()) == keys.end())
      fail(position_of(key.source()),
           fmt::format("unknown key \"{}\"; {} has {}", key.str(), what, fmt::join(keys, ", ")));
}

const toml::node& TomlSource::required(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (node == nullptr) {
    const Position at = &table == &root_ ? Position{} : position_of(table.source());
    fail(at, fmt::format("the key \"{}\" is missing", key));
  }
  return *node;
}

std::string TomlSource::text_of(const toml::node& node, std::string_view what) const {
  const auto text = node.value_exact<std::string>();
  if (!text) fail(node, fmt::format("{} must be a text in quotes", what));
  if (text->empty()) fail(node, fmt::format("{} is empty", what));
  return *text;
}

std::vector<std::string> TomlSource::texts_of(const toml::node& node, std::string_view what) const {
  const toml::array* array = node.as_array();
  if (array == nullptr || array->empty())
    fail(node, fmt::format("{} must be a list of texts", what));
  std::vector<std::string> all;
  for (const toml::node& element : *array) all.push_back(text_of(element, what));
  return all;
}

}  // namespace timewait
