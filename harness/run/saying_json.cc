#include "harness/run/saying_json.h"

#include <fmt/format.h>

#include "harness/words/catalogue.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json argument_json(const Saying::Argument& argument) {
  if (const auto* saying = std::get_if<Saying>(&argument)) return to_json(*saying);
  return std::get<std::string>(argument);
}

Saying read_saying(const KeptValue& json);

Saying::Argument read_argument(const KeptValue& json) {
  if (json.is_list()) return read_saying(json);
  return json.text();
}

void check_places(const KeptValue& json, const Saying& saying) {
  const PhraseRow& row = row_of(saying.phrase);
  const std::size_t places = places_of(row.english).size();
  if (saying.arguments.size() != places)
    json.refuse(fmt::format("\"{}\" takes {}, not {}", row.id, places, saying.arguments.size()));
  if (saying.phrase != Phrase::rule) return;
  const auto* name = std::get_if<std::string>(&saying.arguments.front());
  if (name == nullptr || !find_rule(*name)) json.refuse("there is no such rule");
}

Saying read_saying(const KeptValue& json) {
  const std::vector<KeptValue> values = json.values();
  if (values.empty()) json.refuse("it names no phrase");
  Saying saying{.phrase = values.front().parsed(find_phrase, "phrase")};
  for (std::size_t i = 1; i < values.size(); ++i)
    saying.arguments.push_back(read_argument(values[i]));
  check_places(json, saying);
  return saying;
}

}  // namespace

Json to_json(const Saying& saying) {
  Json json = Json::array({row_of(saying.phrase).id});
  for (const Saying::Argument& argument : saying.arguments) json.push_back(argument_json(argument));
  return json;
}

Json to_json(const Explanation& explanation) {
  Json json = Json::array();
  for (const Saying& saying : explanation) json.push_back(to_json(saying));
  return json;
}

Explanation read_explanation(const KeptValue& json) { return json.list(read_saying); }

}  // namespace timewait
