#include "harness/page/page_cell.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/net/errno_name.h"
#include "harness/page/page_ends.h"
#include "harness/page/page_ladder.h"
#include "harness/report/event_words.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

void add_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

void add_list(Json& json, const char* key, Json list) {
  if (!list.empty()) json[key] = std::move(list);
}

Json json_of(const CallResult& call) {
  Json json = Json::array({kSocketCalls.name(call.call), call.arguments, call.value});
  if (!call.ok()) json.push_back(errno_name(call.error));
  return json;
}

Json attempt_of(const Record& record) {
  Json json = Json::array();
  for (const CallResult& call : record.attempt) json.push_back(json_of(call));
  return json;
}

Json preconditions_of(const Record& record) {
  Json json = Json::array();
  for (const PreconditionRecord& look : record.preconditions)
    json.push_back(Json::array({look.actor, look.asked, look.seen}));
  return json;
}

Json actors_of(const Record& record, TextPool& texts) {
  Json json = Json::array();
  for (const ActorRecord& actor : record.actors) {
    const std::string command = without_folder(fmt::to_string(fmt::join(actor.command, " ")));
    json.push_back(Json::array({actor.name, texts.number_of(command), texts.number_of(actor.end)}));
  }
  return json;
}

}  // namespace

Json PageCells::json(const Record& record, const MatrixCell& cell, std::size_t scenario) {
  Json json{{"scenario", scenario}, {"name", cell_name(cell.point)}};
  add_result(record, cell, json);
  add_prediction(record, json);
  add_story(record, json);
  return json;
}

void PageCells::add_result(const Record& record, const MatrixCell& cell, Json& json) {
  json["verdict"] = kVerdicts.name(cell.verdict);
  add_text(json, "outcome", cell.outcome);
  if (record.expected.text() != cell.outcome) json["expected"] = record.expected.text();
  add_text(json, "promised", cell.promised);
  add_text(json, "measured", cell.measured);
  add_text(json, "seen", cell.seen);
  add_text(json, "reason", cell.reason);
  if (cell.runs != 1) json["runs"] = cell.runs;
}

void PageCells::add_prediction(const Record& record, Json& json) {
  if (!record.predicted || !record.predicted->outcome)
    json["predicted"] = nullptr;
  else if (record.predicted->outcome != record.outcome)
    json["predicted"] = record.predicted->outcome->text();
  if (!record.predicted) return;
  if (!record.predicted->why.empty()) {
    json["why"]["en"] = texts_.number_of(text(record.predicted->why, Language::en));
    json["why"]["zh"] = texts_.number_of(text(record.predicted->why, Language::zh));
  }
  Json rules = Json::array();
  for (const std::string& name : record.predicted->rules) rules.push_back(rules_.number_of(name));
  add_list(json, "rules", std::move(rules));
}

void PageCells::add_story(const Record& record, Json& json) {
  add_list(json, "attempt", attempt_of(record));
  if (!record.attempt_by.empty())
    json["attempt_by"] = texts_.number_of(
        record.attempt_by.starts_with('/') ? without_folder(record.attempt_by) : record.attempt_by);
  add_list(json, "precondition", preconditions_of(record));
  add_list(json, "actors", actors_of(record, texts_));
  json["ladder"] = ladder_json(ladder_diagram(record), texts_);
  add_list(json, "ends", ends_json(record));
}

}  // namespace timewait
