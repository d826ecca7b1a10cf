#include "harness/run/record_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/net/errno_name.h"
#include "harness/run/saying_json.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

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
  if (!entry.owner.empty()) json["owner"] = entry.owner;
  if (entry.options) json["options"] = kOptionSets.name(*entry.options);
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

Json to_json(const CallResult& call) {
  return {{"call", kSocketCalls.name(call.call)},
          {"arguments", call.arguments},
          {"result", call.value},
          {"errno", call.ok() ? Json() : Json(errno_name(call.error))}};
}

Json to_json(const ActorPlace& place) {
  return {{"side", kSides.name(place.side)},
          {"endpoint", place.endpoint.text()},
          {"protocol", kProtocols.name(place.protocol)}};
}

Json precondition_json(const Record& record) {
  Json looks = Json::array();
  bool seen = !record.preconditions.empty();
  for (std::size_t i = 0; i < record.preconditions.size(); ++i) {
    const PreconditionRecord& look = record.preconditions[i];
    looks.push_back({{"actor", look.actor}, {"asked", look.asked}, {"seen", look.seen}});
    if (i < record.precondition_places.size())
      looks.back()["place"] = to_json(record.precondition_places[i]);
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
          {"table", step.table ? to_json(*step.table) : Json()}};
}

Json to_json(const ActorRecord& actor) {
  return {{"name", actor.name},     {"command", actor.command},
          {"end", actor.end},       {"place", actor.place ? to_json(*actor.place) : Json()},
          {"output", actor.output}, {"errors", actor.errors}};
}

/// The bytes of a frame as hexadecimal digits.
std::string hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes)
    fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(byte));
  return text;
}

Json to_json(const StepBegan& step) { return {{"event", "step"}, {"step", step.index}}; }

Json to_json(const SegmentArrived& arrived) {
  const Segment& segment = arrived.segment;
  return {{"event", "segment"},
          {"kind", kSegmentKinds.name(segment.kind)},
          {"from", segment.from.text()},
          {"to", segment.to.text()},
          {"flags", flags_text(segment.flags)},
          {"seq", segment.sequence},
          {"ack", segment.acknowledgement},
          {"length", segment.length},
          {"frame", hexadecimal(arrived.frame)}};
}

Json to_json(const TableSeen& seen) {
  return {{"event", "table"},
          {"looked_from_ns", seen.looked_from.count()},
          {"table", to_json(seen.table)}};
}

Json to_json(const ProcessChanged& process) {
  return {{"event", "process"},
          {"actor", process.actor},
          {"pid", process.pid},
          {"change", kProcessChanges.name(process.change)},
          {"detail", process.detail}};
}

Json to_json(const CallMade& made) {
  Json json{{"event", "call"}};
  json.update(to_json(made.call));
  return json;
}

Json to_json(const Event& event) {
  Json json{{"at_ns", event.at.count()}};
  json.update(std::visit([](const auto& what) { return to_json(what); }, event.what));
  return json;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json packets_json(const Record& record) {
  if (!record.evidence) return {};
  if (!record.evidence->capture) return {{"not_captured", record.evidence->no_capture}};
  const CaptureCounts& counts = *record.evidence->capture;
  return {{"kept", counts.kept},
          {"dropped", counts.dropped},
          {"left_out", counts.left_out},
          {"clock_was_set", counts.clock_was_set}};
}

Json to_json(const PredictedSocket& socket) {
  Json moments = Json::array();
  for (const auto& moment : socket.moments)
    moments.push_back({{"step", moment.step},
                       {"state", moment.state ? Json(kTcpStates.name(*moment.state)) : Json()},
                       {"local", moment.local.text()},
                       {"remote", moment.remote.text()}});
  return {{"protocol", kProtocols.name(socket.protocol)}, {"moments", moments}};
}

template <typename Value>
Json list_json(const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) json.push_back(to_json(value));
  return json;
}

Json trouble_json(const Record& record) {
  if (!record.trouble) return {};
  return {{"verdict", kVerdicts.name(record.trouble->verdict)}, {"text", record.trouble->text}};
}

template <typename Duration>
Json nanoseconds_or_null(const std::optional<Duration>& time) {
  return time ? Json(std::chrono::nanoseconds(*time).count()) : Json();
}

Json to_json(const Repetition& repetition) {
  return {{"times", repetition.times},
          {"first_outcome", repetition.first_outcome.text()},
          {"seen_for_ns", repetition.seen_for.count()},
          {"timer_left_ns", nanoseconds_or_null(repetition.timer_left)},
          {"refused_until_ns", repetition.refused_until.count()},
          {"took_ns", repetition.took.count()},
          {"at_least_ns", repetition.at_least.count()},
          {"at_most_ns", nanoseconds_or_null(repetition.at_most)},
          {"table_refused", to_json(repetition.table_refused)}};
}

Json to_json(const PredictionRecord& prediction) {
  return {{"trouble", text_or_null(prediction.trouble)},
          {"rules", prediction.rules},
          {"why", text(prediction.why, Language::en)},
          {"why_said", to_json(prediction.why)},
          {"sockets", list_json(prediction.sockets)},
          {"bound_after_ns", nanoseconds_or_null(prediction.bound_after)}};
}

Json to_json(const Relocation& relocation) {
  Json ports = Json::object();
  for (const auto& [port, own] : relocation.ports) ports[std::to_string(port)] = own;
  return {{"address", relocation.host.host()},
          {"ports", ports},
          {"wildcards", relocation.wildcards},
          {"ephemeral", {relocation.ephemeral.first, relocation.ephemeral.last}}};
}

Json predicted_outcome(const Record& record) {
  if (!record.predicted || !record.predicted->outcome) return {};
  return record.predicted->outcome->text();
}

Json to_json(const Record& record) {
  return {
      {"schema", kRecordSchema},
      {"scenario", record.scenario},
      {"theme", record.theme},
      {"title", record.title},
      {"cell", to_json(record.point)},
      {"verdict", kVerdicts.name(record.verdict)},
      {"reason", record.reason},
      {"outcome", record.outcome ? Json(record.outcome->text()) : Json()},
      {"expected", record.expected.text()},
      {"promised", record.promised ? Json(record.promised->text()) : Json()},
      {"predicted", predicted_outcome(record)},
      {"prediction", record.predicted ? to_json(*record.predicted) : Json()},
      {"attempt_by", record.attempt_by},
      {"attempt_place", to_json(record.attempt_place)},
      {"attempt_ends_holder", record.attempt_ends_holder},
      {"single_call", record.single_call ? Json(kSocketCalls.name(*record.single_call)) : Json()},
      {"attempt", list_json(record.attempt)},
      {"repeated", record.repetition ? to_json(*record.repetition) : Json()},
      {"precondition", precondition_json(record)},
      {"steps", list_json(record.steps)},
      {"actors", list_json(record.actors)},
      {"capture_trouble", text_or_null(record.capture_trouble)},
      {"packets", packets_json(record)},
      {"timeline", record.evidence ? list_json(record.evidence->timeline) : Json()},
      {"trouble", trouble_json(record)},
      {"isolation", record.isolation},
      {"started_ns", record.started.time_since_epoch().count()},
      {"duration_ns", record.duration.count()}};
}

}  // namespace

std::string to_json_line(const Record& record) {
  Json json = to_json(record);
  if (record.relocation) json["relocation"] = to_json(*record.relocation);
  // What programs print need not be UTF-8, a record must be.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace timewait
