#include "harness/run/kept_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"

namespace timewait {
namespace {

using Json = KeptDocument::Json;

/// Whoever walks through a value needs a stack as deep.
constexpr std::size_t kDeepest = 100;
/// Each key is looked for among those before it.
constexpr int kMostKeys = 1000;
constexpr std::size_t kLongest = 60;  ///< of a value in a message

/// Why a text is more than anything that timewait writes; empty when it is not.
std::string excess(std::string_view json) {
  std::vector<int> commas;  // in each of the values around the place
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char character = json[i];
    if (character == '"') in_string = !in_string;
    if (in_string) {
      if (character == '\\') ++i;
      continue;
    }
    if (character == '[') commas.push_back(std::numeric_limits<int>::min());
    if (character == '{') commas.push_back(0);
    if (commas.size() > kDeepest)
      return fmt::format("its values are nested more than {} deep", kDeepest);
    if (commas.empty()) continue;
    if (character == ',' && ++commas.back() == kMostKeys)
      return fmt::format("an object in it has more than {} keys", kMostKeys);
    if (character == ']' || character == '}') commas.pop_back();
  }
  return {};
}

/// At most kLongest bytes of a text, cut between two characters.
std::string shortened_value(std::string text) {
  if (text.size() <= kLongest) return text;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

/// Why a text is no JSON; the parser has read `bytes` of it and not understood the last of them.
std::string syntax_trouble(std::string_view text, std::size_t bytes) {
  if (bytes > text.size()) return "its JSON ends in the middle";
  const std::string_view before = text.substr(0, bytes - 1);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t column = bytes - (before.rfind('\n') + 1);  // npos + 1 is 0
  return lines == 0 ? fmt::format("it is no JSON from column {} on", column)
                    : fmt::format("it is no JSON from line {}, column {} on", lines + 1, column);
}

/// Puts before `place` what leads from `json` to `value`; false when it is not in there.
bool find_place(const Json& json, const Json& value, std::string& place) {
  if (&json == &value) return true;
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i)
      if (find_place(json[i], value, place)) {
        place.insert(0, fmt::format("[{}]", i));
        return true;
      }
  if (json.is_object())
    for (const auto& [key, member] : json.items())
      if (find_place(member, value, place)) {
        place.insert(0, "." + shortened_value(key));
        return true;
      }
  return false;
}

}  // namespace

KeptDocument::KeptDocument(std::string_view what, std::string_view text) : what_(what) {
  if (const std::string why = excess(text); !why.empty()) refuse(why);
  try {
    root_ = Json::parse(text);
  } catch (const Json::parse_error& error) {
    refuse(syntax_trouble(text, error.byte));
  } catch (const Json::exception&) {
    refuse("a number in it is too large");
  }
}

KeptValue KeptDocument::root() const { return {*this, root_}; }

void KeptDocument::refuse(const std::string& why) const {
  throw BadInput(fmt::format("this is no {}: {}", what_, why));
}

std::string KeptDocument::place_of(const Json& value) const {
  std::string place;
  find_place(root_, value, place);
  return place.starts_with('.') ? place.substr(1) : place;
}

KeptValue KeptValue::at(std::string_view key) const {
  if (!json_->is_object()) refuse_as("object");
  const auto found = json_->find(std::string(key));
  if (found != json_->end()) return {*document_, *found};
  const std::string place = document_->place_of(*json_);
  document_->refuse(fmt::format("{}{}{} is missing", place, place.empty() ? "" : ".", key));
}

std::optional<KeptValue> KeptValue::find(std::string_view key) const {
  if (!json_->is_object()) refuse_as("object");
  const auto found = json_->find(std::string(key));
  if (found == json_->end() || found->is_null()) return std::nullopt;
  return KeptValue(*document_, *found);
}

std::string KeptValue::text() const {
  if (!json_->is_string()) refuse_as("text");
  return json_->get<std::string>();
}

bool KeptValue::flag() const {
  if (!json_->is_boolean()) refuse_as("true or false");
  return json_->get<bool>();
}

std::vector<KeptValue> KeptValue::values() const {
  if (!json_->is_array()) refuse_as("list");
  std::vector<KeptValue> all;
  for (const Json& value : *json_) all.emplace_back(*document_, value);
  return all;
}

std::vector<std::string> KeptValue::texts() const {
  return list([](const KeptValue& value) { return value.text(); });
}

std::vector<std::pair<std::string, KeptValue>> KeptValue::members() const {
  if (!json_->is_object()) refuse_as("object");
  std::vector<std::pair<std::string, KeptValue>> all;
  for (const auto& [key, value] : json_->items())
    all.emplace_back(key, KeptValue(*document_, value));
  return all;
}

std::map<std::string, std::string> KeptValue::texts_by_name() const {
  std::map<std::string, std::string> all;
  for (const auto& [key, value] : members()) all.emplace(key, value.text());
  return all;
}

void KeptValue::refuse(const std::string& why) const {
  const std::string place = document_->place_of(*json_);
  document_->refuse(fmt::format("{}{}{}", place, place.empty() ? "" : ": ", why));
}

void KeptValue::refuse_as(const std::string& what) const {
  refuse(fmt::format("{} is no {}", described(), what));
}

std::string KeptValue::described() const {
  if (json_->is_array()) return "a list";
  if (json_->is_object()) return "an object";
  return shortened_value(json_->dump());
}

bool KeptValue::is_between(std::int64_t least, std::uint64_t most) const {
  if (json_->is_number_unsigned()) {
    const auto number = json_->get<std::uint64_t>();
    return number <= most && std::cmp_greater_equal(number, least);
  }
  return json_->is_number_integer() && json_->get<std::int64_t>() >= least;
}

void check_schema(const KeptValue& root, std::string_view schema, const char* what) {
  const KeptValue value = root.at("schema");
  if (value.described() != fmt::format("\"{}\"", schema))
    throw BadInput(fmt::format("{} has the schema {}, not {}", what, value.described(), schema));
}

}  // namespace timewait
