#include "harness/run/record_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/net/errno_name.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "timewait.record/1";

Json to_json(const SocketEntry& entry) {
  Json json{{"protocol", kProtocols.name(entry.protocol)},
            {"state", kTcpStates.name(entry.state)},
            {"local", entry.local.text()},
            {"remote", entry.remote.text()}};
  if (entry.timer != SocketTimer::none)
    json["timer"] = {{"kind", kSocketTimers.name(entry.timer)},
                     {"left_ms", entry.timer_left.count()}};
  json["unread"] = entry.unread;
  json["uid"] = entry.uid;
  json["inode"] = entry.inode;
  json["cookie"] = entry.cookie;
  return json;
}

Json to_json(const Table& table) {
  Json json = Json::array();
  for (const SocketEntry& entry : table) json.push_back(to_json(entry));
  return json;
}

Json to_json(const Point& point) {
  Json json = Json::object();
  for (const auto& [variation, label] : point) json[variation] = label;
  return json;
}

Json to_json(const std::vector<CallResult>& calls) {
  Json json = Json::array();
  for (const CallResult& call : calls)
    json.push_back({{"call", kSocketCalls.name(call.call)},
                    {"arguments", call.arguments},
                    {"result", call.value},
                    {"errno", call.ok() ? Json() : Json(errno_name(call.error))}});
  return json;
}

Json precondition_json(const Record& record) {
  Json looks = Json::array();
  bool seen = !record.preconditions.empty();
  for (const PreconditionRecord& look : record.preconditions) {
    looks.push_back({{"actor", look.actor}, {"asked", look.asked}, {"seen", look.seen}});
    seen = seen && look.holds();
  }
  // Where none is demanded there is nothing to be seen.
  const bool demanded = !record.single_call || !leaves_ports_alone(*record.single_call);
  return {{"seen", demanded || !looks.empty() ? Json(seen) : Json()},
          {"states", looks},
          {"table", to_json(record.table_before)},
          {"table_after_attempt", to_json(record.table_after)}};
}

Json to_json(const StepRecord& step) {
  return {{"text", step.text},
          {"start_ns", step.start.count()},
          {"end_ns", step.end.count()},
          {"note", step.note},
          {"table", to_json(step.table)}};
}

Json to_json(const ActorRecord& actor) {
  return {{"name", actor.name},
          {"command", actor.command},
          {"end", actor.end},
          {"output", actor.output},
          {"errors", actor.errors}};
}

template <typename Value>
Json list_json(const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) json.push_back(to_json(value));
  return json;
}

Json to_json(const Record& record) {
  return {{"schema", kSchema},
          {"scenario", record.scenario},
          {"theme", record.theme},
          {"title", record.title},
          {"cell", to_json(record.point)},
          {"verdict", kVerdicts.name(record.verdict)},
          {"reason", record.reason},
          {"outcome", record.outcome ? Json(record.outcome->text()) : Json()},
          {"expected", record.expected.text()},
          {"promised", record.promised ? Json(record.promised->text()) : Json()},
          {"predicted", Json()},
          {"attempt_by", record.attempt_by},
          {"attempt", to_json(record.attempt)},
          {"precondition", precondition_json(record)},
          {"steps", list_json(record.steps)},
          {"actors", list_json(record.actors)},
          {"packets", Json()},
          {"isolation", record.isolation},
          {"duration_ns", record.duration.count()}};
}

Point read_point(const Json& json) {
  Point point;
  for (const auto& [variation, label] : json.items())
    point.emplace_back(variation, label.get<std::string>());
  return point;
}

/// What was seen: of several actors those that had any state, with their names; of a server alone
/// just its states.
std::string read_seen(const Json& precondition) {
  std::vector<std::pair<std::string, std::string>> sights;
  for (const Json& look : precondition.at("states"))
    sights.emplace_back(look.at("actor"), look.at("seen"));
  const auto is_nothing = [](const auto& sight) { return sight.second == "nothing"; };
  const bool only_nothing = std::ranges::all_of(sights, is_nothing);
  if (only_nothing && !sights.empty()) return "nothing";
  std::erase_if(sights, is_nothing);
  if (sights.size() == 1 && sights.front().first == "server") return sights.front().second;
  std::string all;
  for (const auto& [actor, states] : sights)
    all += fmt::format("{}{} {}", all.empty() ? "" : "; ", actor, states);
  return all;
}

Verdict read_verdict(const Json& json) {
  const auto name = json.get<std::string>();
  const auto verdict = kVerdicts.find(name);
  if (!verdict) throw BadInput(fmt::format("a record has the unknown verdict \"{}\"", name));
  return *verdict;
}

}  // namespace

std::string to_json_line(const Record& record) {
  // What programs print need not be UTF-8, a record must be.
  return to_json(record).dump(-1, ' ', false, Json::error_handler_t::replace);
}

CellResult read_cell_result(std::string_view json_line) try {
  const Json json = Json::parse(json_line);
  if (json.at("schema") != kSchema)
    throw BadInput(
        fmt::format("a record has the schema {}, not {}", json.at("schema").dump(), kSchema));
  const Json& outcome = json.at("outcome");
  const Json promised = json.value("promised", Json());  // older records have none
  return {.scenario = json.at("scenario"),
          .theme = json.at("theme"),
          .title = json.at("title"),
          .point = read_point(json.at("cell")),
          .verdict = read_verdict(json.at("verdict")),
          .reason = json.at("reason"),
          .outcome = outcome.is_null() ? std::string() : outcome.get<std::string>(),
          .seen = read_seen(json.at("precondition")),
          .expected = json.at("expected"),
          .promised = promised.is_null() ? std::string() : promised.get<std::string>()};
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no record: {}", error.what()));
}

}  // namespace timewait
