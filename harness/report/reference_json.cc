#include "harness/report/reference_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/run/kept_json.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kReferenceSchema = "timewait.reference/1";

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string read_text(const KeptValue& json) { return json.is_null() ? "" : json.text(); }

Json to_json(const Point& point) {
  Json json = Json::object();
  for (const auto& [variation, label] : point) json[variation] = label;
  return json;
}

Point read_point(const KeptValue& json) {
  Point point;
  for (const auto& [variation, label] : json.members()) point.emplace_back(variation, label.text());
  return point;
}

Json varies_json(const ReferenceCell& cell) {
  Json json = Json::object();
  for (const auto& [aspect, values] : cell.varies)
    json[std::string(kCellAspects.name(aspect))] = values;
  return json;
}

std::map<CellAspect, std::set<std::string>> read_varies(const KeptValue& json) {
  std::map<CellAspect, std::set<std::string>> varies;
  for (const auto& [name, values] : json.members()) {
    const auto aspect = kCellAspects.find(name);
    if (!aspect) json.refuse(fmt::format("\"{}\" is none of {}", name, kCellAspects.names()));
    const std::vector<std::string> texts = values.texts();
    varies[*aspect] = {texts.begin(), texts.end()};
  }
  return varies;
}

ReferenceCell read(const KeptValue& json) {
  check_schema(json, kReferenceSchema, "a line of a reference");
  ReferenceCell cell{.scenario = json.at("scenario").text(),
                     .point = read_point(json.at("cell")),
                     .verdict = json.at("verdict").word(kVerdicts, "verdict"),
                     .outcome = read_text(json.at("outcome")),
                     .seen = json.at("seen").texts(),
                     .states = json.at("states").texts()};
  cell.expected = json.contains("expected") ? read_text(json.at("expected")) : cell.outcome;
  cell.predicted = json.contains("predicted") ? read_text(json.at("predicted")) : cell.outcome;
  if (const auto varies = json.find("varies")) cell.varies = read_varies(*varies);
  return cell;
}

}  // namespace

std::string to_json_line(const ReferenceCell& cell) {
  Json json{{"schema", kReferenceSchema},
            {"scenario", cell.scenario},
            {"cell", to_json(cell.point)},
            {"verdict", kVerdicts.name(cell.verdict)},
            {"outcome", text_or_null(cell.outcome)}};
  if (cell.expected != cell.outcome) json["expected"] = text_or_null(cell.expected);
  if (cell.predicted != cell.outcome) json["predicted"] = text_or_null(cell.predicted);
  json["seen"] = cell.seen;
  json["states"] = cell.states;
  if (!cell.varies.empty()) json["varies"] = varies_json(cell);
  return json.dump();
}

ReferenceCell read_reference_cell(std::string_view json_line) {
  const KeptDocument document("line of a reference", json_line);
  return read(document.root());
}

}  // namespace timewait
