#include "harness/report/reference_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/run/parse_json.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kReferenceSchema = "timewait.reference/1";

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string read_text(const Json& json) { return json.is_null() ? "" : json.get<std::string>(); }

template <typename Enum, std::size_t Size>
Enum read_name(const EnumTable<Enum, Size>& table, const char* what, const std::string& name) {
  const auto value = table.find(name);
  if (!value) throw BadInput(fmt::format("there is no {} \"{}\"", what, name));
  return *value;
}

Json to_json(const Point& point) {
  Json json = Json::object();
  for (const auto& [variation, label] : point) json[variation] = label;
  return json;
}

Point read_point(const Json& json) {
  Point point;
  for (const auto& [variation, label] : json.items())
    point.emplace_back(variation, label.get<std::string>());
  return point;
}

Json varies_json(const ReferenceCell& cell) {
  Json json = Json::object();
  for (const auto& [aspect, values] : cell.varies)
    json[std::string(kCellAspects.name(aspect))] = values;
  return json;
}

ReferenceCell read(const Json& json) {
  if (json.at("schema") != kReferenceSchema)
    throw BadInput(fmt::format("a line of a reference has the schema {}, not {}",
                               json.at("schema").dump(), kReferenceSchema));
  ReferenceCell cell{.scenario = json.at("scenario"),
                     .point = read_point(json.at("cell")),
                     .verdict = read_name(kVerdicts, "verdict", json.at("verdict")),
                     .outcome = read_text(json.at("outcome")),
                     .seen = json.at("seen"),
                     .states = json.at("states")};
  cell.expected = json.contains("expected") ? read_text(json.at("expected")) : cell.outcome;
  cell.predicted = json.contains("predicted") ? read_text(json.at("predicted")) : cell.outcome;
  if (json.contains("varies"))
    for (const auto& [aspect, values] : json.at("varies").items())
      cell.varies[read_name(kCellAspects, "aspect", aspect)] = values.get<std::set<std::string>>();
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

ReferenceCell read_reference_cell(std::string_view json_line) try {
  return read(parse_json<Json>(json_line));
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no line of a reference: {}", error.what()));
}

}  // namespace timewait
