#include "harness/page/page_rules.h"

#include <algorithm>

#include "harness/model/saying.h"
#include "harness/page/in_languages.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::string& name) {
  Json json{{"name", name}};
  const auto rule = find_rule(name);
  if (!rule) return json;
  json["says"] =
      in_languages(rule_sentence(*rule, Language::en), rule_sentence(*rule, Language::zh));
  json["source"] = row_of(*rule).source;
  return json;
}

}  // namespace

int PageRules::number_of(const std::string& name) {
  const auto found = std::ranges::find(names_, name);
  const auto number = found - names_.begin();
  if (found == names_.end()) names_.push_back(name);
  return static_cast<int>(number);
}

Json PageRules::json() const {
  Json json = Json::array();
  for (const std::string& name : names_) json.push_back(json_of(name));
  return json;
}

}  // namespace timewait
