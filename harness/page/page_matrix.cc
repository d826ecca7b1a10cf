#include "harness/page/page_matrix.h"

#include <algorithm>

#include "harness/page/in_languages.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

std::string key_of(const std::string& scenario, const Point& point) {
  return scenario + "/" + cell_name(point);
}

Point point_at(const MatrixScenario& scenario, const std::vector<std::string>& row,
               const std::string& column) {
  Point point;
  for (std::size_t i = 0; i < row.size(); ++i) point.emplace_back(scenario.row_names[i], row[i]);
  if (!scenario.column_name.empty()) point.emplace_back(scenario.column_name, column);
  return point;
}

/// What the scenario file says, or else the record.
PageScenario description_of(const MatrixScenario& scenario, const PageSources& sources) {
  const auto found = sources.scenarios.find(scenario.name);
  if (found != sources.scenarios.end()) return found->second;
  return {.title = scenario.title, .teaches = "", .from = {}, .file = ""};
}

Json description_json(const MatrixScenario& scenario, std::size_t theme,
                      const PageSources& sources) {
  const PageScenario own = description_of(scenario, sources);
  const auto found = sources.chinese.scenarios.find(scenario.name);
  const ScenarioTexts chinese =
      found == sources.chinese.scenarios.end() ? ScenarioTexts() : found->second;
  Json json{
      {"name", scenario.name}, {"theme", theme}, {"title", in_languages(own.title, chinese.title)}};
  if (!own.teaches.empty()) json["teaches"] = in_languages(own.teaches, chinese.teaches);
  if (!own.from.empty()) json["from"] = own.from;
  if (!own.file.empty()) json["file"] = own.file;
  return json;
}

}  // namespace

PageMatrix::PageMatrix(const Matrix& matrix) : matrix_(matrix) {
  std::size_t number = 0;
  for (const MatrixTheme& theme : matrix.themes())
    for (const MatrixScenario& scenario : theme.scenarios) {
      for (const MatrixCell& cell : scenario.cells)
        places_[key_of(scenario.name, cell.point)] = {.cell = &cell, .scenario = number};
      ++number;
    }
}

PageMatrix::Place& PageMatrix::place_of(const std::string& scenario, const Point& point) {
  return places_.at(key_of(scenario, point));
}

Json PageMatrix::themes_json(const Translation& chinese) const {
  Json themes = Json::array();
  std::size_t number = 0;
  for (const MatrixTheme& theme : matrix_.themes()) {
    const auto translated = chinese.themes.find(theme.name);
    const std::string name = translated == chinese.themes.end() ? "" : translated->second;
    Json scenarios = Json::array();
    for (std::size_t i = 0; i < theme.scenarios.size(); ++i) scenarios.push_back(number++);
    themes.push_back({{"name", in_languages(Translation().theme(theme.name), name)},
                      {"id", theme.name},
                      {"scenarios", scenarios}});
  }
  return themes;
}

Json PageMatrix::scenarios_json(const PageSources& sources) const {
  Json scenarios = Json::array();
  for (std::size_t theme = 0; theme < matrix_.themes().size(); ++theme)
    for (const MatrixScenario& scenario : matrix_.themes()[theme].scenarios) {
      Json json = description_json(scenario, theme, sources);
      json["row_names"] = scenario.row_names;
      json["column_name"] = scenario.column_name;
      json["rows"] = scenario.rows;
      json["columns"] = scenario.columns;
      json["cells"] = numbers_of(scenario);
      scenarios.push_back(std::move(json));
    }
  return scenarios;
}

Json PageMatrix::numbers_of(const MatrixScenario& scenario) const {
  Json rows = Json::array();
  for (const auto& row : scenario.rows) {
    Json numbers = Json::array();
    for (const std::string& column : scenario.columns) {
      const auto place = places_.find(key_of(scenario.name, point_at(scenario, row, column)));
      const bool is_there = place != places_.end() && place->second.number;
      numbers.push_back(is_there ? Json(*place->second.number) : Json());
    }
    rows.push_back(std::move(numbers));
  }
  return rows;
}

}  // namespace timewait
