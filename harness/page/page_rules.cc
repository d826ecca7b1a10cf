#include "harness/page/page_rules.h"

#include <algorithm>

#include "harness/model/rule.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::string& name, const Translations& translations) {
  Json json{{"name", name}};
  const auto rule = find_rule(name);
  if (!rule) return json;
  const RuleRow& row = row_of(*rule);
  json["says"] = in_languages(std::string(row.says), translations.chinese(TextOf::rule, name));
  json["source"] = row.source;
  return json;
}

}  // namespace

int PageRules::number_of(const std::string& name) {
  const auto found = std::ranges::find(names_, name);
  const auto number = found - names_.begin();
  if (found == names_.end()) names_.push_back(name);
  return static_cast<int>(number);
}

Json PageRules::json(const Translations& translations) const {
  Json json = Json::array();
  for (const std::string& name : names_) json.push_back(json_of(name, translations));
  return json;
}

}  // namespace timewait
