#include "harness/report/comparison_json.h"

#include <nlohmann/json.hpp>

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const ComparedRun& run) {
  return {{"name", run.name},
          {"cells", run.cells.size()},
          {"facts", run.facts ? Json::parse(to_json(*run.facts)) : Json()}};
}

Json json_of(const std::vector<Change>& changes) {
  Json json = Json::object();
  for (const Change& change : changes)
    json[change.what] = {{"before", change.before}, {"after", change.after}};
  return json;
}

Json json_of(const std::vector<ChangedCell>& cells) {
  Json json = Json::array();
  for (const ChangedCell& cell : cells)
    json.push_back({{"cell", cell.name}, {"changes", json_of(cell.changes)}});
  return json;
}

Json names_of(const std::vector<LoneCells>& cells) {
  Json json = Json::array();
  for (const LoneCells& one : cells)
    for (const std::string& name : one.names) json.push_back(name);
  return json;
}

Json json_of(const std::vector<VaryingCell>& cells) {
  Json json = Json::array();
  for (const VaryingCell& cell : cells) {
    Json values = Json::object();
    for (const auto& [aspect, text] : cell.values)
      values[std::string(kCellAspects.name(aspect))] = text;
    json.push_back({{"cell", cell.name}, {"in", cell.in_second ? "b" : "a"}, {"values", values}});
  }
  return json;
}

}  // namespace

std::string comparison_json(const ComparedRun& first, const ComparedRun& second,
                            const RunComparison& comparison) {
  return Json{{"schema", "timewait.comparison/1"},
              {"a", json_of(first)},
              {"b", json_of(second)},
              {"differs", comparison.differs()},
              {"in_both", comparison.in_both},
              {"facts", json_of(comparison.facts)},
              {"changed", json_of(comparison.changed)},
              {"new", names_of(comparison.added)},
              {"missing", names_of(comparison.missing)},
              {"left_out", names_of(comparison.left_out)},
              {"varying", json_of(comparison.varying)}}
             .dump(2) +
         "\n";
}

}  // namespace timewait
