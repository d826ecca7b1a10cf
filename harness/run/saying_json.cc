#include "harness/run/saying_json.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/words/catalogue.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json argument_json(const Saying::Argument& argument) {
  if (const auto* saying = std::get_if<Saying>(&argument)) return to_json(*saying);
  return std::get<std::string>(argument);
}

Saying read_saying(const Json& json);

Saying::Argument read_argument(const Json& json) {
  if (json.is_array()) return read_saying(json);
  return json.get<std::string>();
}

void check_places(const Saying& saying) {
  const PhraseRow& row = row_of(saying.phrase);
  const std::size_t places = places_of(row.english).size();
  if (saying.arguments.size() != places)
    throw BadInput(fmt::format("\"{}\" takes {}, not {}", row.id, places, saying.arguments.size()));
  if (saying.phrase != Phrase::rule) return;
  const auto* name = std::get_if<std::string>(&saying.arguments.front());
  if (name == nullptr || !find_rule(*name)) throw BadInput("there is no such rule");
}

Saying read_saying(const Json& json) {
  const auto id = json.at(0).get<std::string>();
  const auto phrase = find_phrase(id);
  if (!phrase) throw BadInput(fmt::format("there is no phrase \"{}\"", id));
  Saying saying{.phrase = *phrase};
  for (std::size_t i = 1; i < json.size(); ++i)
    saying.arguments.push_back(read_argument(json.at(i)));
  check_places(saying);
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

Explanation read_explanation(const Json& json) {
  Explanation explanation;
  for (const Json& saying : json) explanation.push_back(read_saying(saying));
  return explanation;
}

}  // namespace timewait
