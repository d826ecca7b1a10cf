#include "harness/page/page_ladder.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

/// The fields of a line in the order in which the page's script reads them.
Json json_of(const LadderLine& line, TextPool& pool) {
  return Json::array({static_cast<int>(line.kind),
                      std::chrono::duration_cast<std::chrono::microseconds>(line.at).count(),
                      pool.number_of(line.text), pool.number_of(line.note),
                      static_cast<int>(line.from), static_cast<int>(line.to),
                      pool.number_of(line.states.server), pool.number_of(line.states.client),
                      static_cast<int>(line.change), line.is_alarming ? 1 : 0,
                      static_cast<int>(line.lives.server), static_cast<int>(line.lives.client)});
}

Json numbers_of(const std::vector<std::string>& texts, TextPool& pool) {
  Json numbers = Json::array();
  for (const std::string& text : texts) numbers.push_back(pool.number_of(text));
  return numbers;
}

Json titles_of(const ForBoth<std::string>& titles) {
  Json json = Json::object();
  if (!titles.server.empty()) json["server"] = titles.server;
  if (!titles.client.empty()) json["client"] = titles.client;
  return json;
}

}  // namespace

Json ladder_json(const LadderDiagram& diagram, TextPool& pool) {
  Json json{{"titles", titles_of(diagram.titles)}};
  if (!diagram.warnings.empty()) json["warnings"] = numbers_of(diagram.warnings, pool);
  if (!diagram.holders.empty()) json["holders"] = numbers_of(diagram.holders, pool);
  if (!diagram.conclusion.empty()) json["conclusion"] = pool.number_of(diagram.conclusion);
  Json lines = Json::array();
  for (const LadderLine& line : diagram.lines) lines.push_back(json_of(line, pool));
  json["lines"] = std::move(lines);
  return json;
}

}  // namespace timewait
