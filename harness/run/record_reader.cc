#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/net/errno_name.h"
#include "harness/run/parse_json.h"
#include "harness/run/record_json.h"
#include "harness/run/saying_json.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::nanoseconds;

[[noreturn]] void refuse(const char* what, const Json& json) {
  throw BadInput(fmt::format("this is no record: {} is no {}", json.dump(), what));
}

/// The enumerator that a word stands for.
template <typename Table>
auto read_word(const Table& table, const char* what, const Json& json) {
  const auto value = table.find(json.get<std::string>());
  if (!value) refuse(what, json);
  return *value;
}

Endpoint read_endpoint(const Json& json) {
  const auto endpoint = Endpoint::parse(json.get<std::string>());
  if (!endpoint) refuse("address", json);
  return *endpoint;
}

Outcome read_outcome(const Json& json) {
  const auto outcome = Outcome::parse(json.get<std::string>());
  if (!outcome) refuse("outcome", json);
  return *outcome;
}

nanoseconds read_time(const Json& json) { return nanoseconds(json.get<std::int64_t>()); }

template <typename Value>
std::vector<Value> read_list(const Json& json, Value (*read)(const Json&)) {
  std::vector<Value> values;
  for (const Json& one : json) values.push_back(read(one));
  return values;
}

/// Nothing for null.
template <typename Value>
std::optional<Value> read_optional(const Json& json, Value (*read)(const Json&)) {
  return json.is_null() ? std::nullopt : std::optional<Value>(read(json));
}

Point read_point(const Json& json) {
  Point point;
  for (const auto& [variation, label] : json.items())
    point.emplace_back(variation, label.get<std::string>());
  return point;
}

SocketEntry read_entry(const Json& json) {
  SocketEntry entry{.protocol = read_word(kProtocols, "protocol", json.at("protocol")),
                    .state = read_word(kTcpStates, "state", json.at("state")),
                    .local = read_endpoint(json.at("local")),
                    .remote = read_endpoint(json.at("remote")),
                    .unread = json.at("unread"),
                    .uid = json.at("uid"),
                    .inode = json.at("inode"),
                    .cookie = json.at("cookie"),
                    .owner = json.value("owner", "")};
  if (const auto timer = json.find("timer"); timer != json.end()) {
    entry.timer = read_word(kSocketTimers, "timer", timer->at("kind"));
    entry.timer_left = std::chrono::milliseconds(timer->at("left_ms").get<std::int64_t>());
  }
  if (const auto options = json.find("options"); options != json.end())
    entry.options = read_word(kOptionSets, "option set", *options);
  return entry;
}

Table read_table(const Json& json) { return read_list(json, read_entry); }

CallResult read_call(const Json& json) {
  CallResult call{.call = read_word(kSocketCalls, "call", json.at("call")),
                  .arguments = json.at("arguments"),
                  .value = json.at("result")};
  const Json& error = json.at("errno");
  if (error.is_null()) return call;
  const auto number = find_errno(error.get<std::string>());
  if (!number) refuse("errno", error);
  call.error = *number;
  return call;
}

ActorPlace read_place(const Json& json) {
  return {.side = read_word(kSides, "side", json.at("side")),
          .endpoint = read_endpoint(json.at("endpoint")),
          .protocol = read_word(kProtocols, "protocol", json.at("protocol"))};
}

StepRecord read_step(const Json& json) {
  return {.text = json.at("text"),
          .start = read_time(json.at("start_ns")),
          .end = read_time(json.at("end_ns")),
          .note = json.at("note"),
          .table = read_optional(json.at("table"), read_table)};
}

ActorRecord read_actor(const Json& json) {
  return {.name = json.at("name"),
          .command = json.at("command"),
          .end = json.at("end"),
          .place = read_optional(json.at("place"), read_place),
          .output = json.at("output"),
          .errors = json.at("errors")};
}

Relocation read_relocation(const Json& json) {
  Relocation relocation{
      .host = read_endpoint(json.at("address").get<std::string>() + ":0"),
      .wildcards = json.at("wildcards"),
      .ephemeral = {.first = json.at("ephemeral").at(0), .last = json.at("ephemeral").at(1)}};
  for (const auto& [port, own] : json.at("ports").items()) {
    std::uint16_t number = 0;
    std::from_chars(port.data(), port.data() + port.size(), number);
    relocation.ports.emplace(number, own.get<std::uint16_t>());
  }
  return relocation;
}

std::string read_frame(const Json& json) {
  const auto digits = json.get<std::string>();
  if (digits.size() % 2 != 0) refuse("frame", json);
  std::string bytes;
  for (const char* begin = digits.data(); begin < digits.data() + digits.size(); begin += 2) {
    int byte = 0;
    const auto [end, error] = std::from_chars(begin, begin + 2, byte, 16);
    if (error != std::errc() || end != begin + 2) refuse("frame", json);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

SegmentArrived read_segment(const Json& json) {
  const auto flags = parse_flags(json.at("flags").get<std::string>());
  if (!flags) refuse("list of TCP flags", json.at("flags"));
  return {.segment = {.kind = read_word(kSegmentKinds, "kind of segment", json.at("kind")),
                      .from = read_endpoint(json.at("from")),
                      .to = read_endpoint(json.at("to")),
                      .flags = *flags,
                      .sequence = json.at("seq"),
                      .acknowledgement = json.at("ack"),
                      .length = json.at("length")},
          .frame = read_frame(json.at("frame"))};
}

decltype(Event::what) read_what(const Json& json) {
  const auto kind = json.at("event").get<std::string>();
  if (kind == "step") return StepBegan{.index = json.at("step")};
  if (kind == "segment") return read_segment(json);
  if (kind == "table")
    return TableSeen{.looked_from = read_time(json.at("looked_from_ns")),
                     .table = read_table(json.at("table"))};
  if (kind == "process")
    return ProcessChanged{.actor = json.at("actor"),
                          .pid = json.at("pid"),
                          .change = read_word(kProcessChanges, "change", json.at("change")),
                          .detail = json.at("detail")};
  if (kind == "call") return CallMade{.call = read_call(json)};
  refuse("event", json.at("event"));
}

Event read_event(const Json& json) {
  return {.at = read_time(json.at("at_ns")), .what = read_what(json)};
}

std::optional<Evidence> read_evidence(const Json& json) {
  if (json.at("timeline").is_null()) return std::nullopt;
  Evidence evidence{.timeline = read_list(json.at("timeline"), read_event)};
  const Json& packets = json.at("packets");
  if (packets.contains("not_captured"))
    evidence.no_capture = packets.at("not_captured");
  else
    evidence.capture = CaptureCounts{.kept = packets.at("kept"),
                                     .dropped = packets.at("dropped"),
                                     .left_out = packets.at("left_out"),
                                     .clock_was_set = packets.at("clock_was_set")};
  return evidence;
}

Repetition read_repetition(const Json& json) {
  Repetition repetition{.times = json.at("times"),
                        .first_outcome = read_outcome(json.at("first_outcome")),
                        .seen_for = read_time(json.at("seen_for_ns")),
                        .refused_until = read_time(json.at("refused_until_ns")),
                        .took = read_time(json.at("took_ns")),
                        .at_least = read_time(json.at("at_least_ns")),
                        .at_most = read_optional(json.at("at_most_ns"), read_time),
                        .table_refused = read_table(json.at("table_refused"))};
  if (const auto left = read_optional(json.at("timer_left_ns"), read_time))
    repetition.timer_left = std::chrono::duration_cast<std::chrono::milliseconds>(*left);
  return repetition;
}

TcpState read_state(const Json& json) { return read_word(kTcpStates, "state", json); }

PredictedSocket::Moment read_moment(const Json& json) {
  return {.step = json.at("step"),
          .state = read_optional(json.at("state"), read_state),
          .local = read_endpoint(json.at("local")),
          .remote = read_endpoint(json.at("remote"))};
}

PredictedSocket read_predicted_socket(const Json& json) {
  return {.protocol = read_word(kProtocols, "protocol", json.at("protocol")),
          .moments = read_list(json.at("moments"), read_moment)};
}

/// Records of earlier versions have the English text alone.
Explanation read_why(const Json& prediction) {
  if (prediction.contains("why_said")) return read_explanation(prediction.at("why_said"));
  return {verbatim(prediction.at("why").get<std::string>())};
}

/// The prediction of a record, whose outcome stands beside it.
std::optional<PredictionRecord> read_prediction(const Json& record) {
  const Json& json = record.at("prediction");
  if (json.is_null()) return std::nullopt;
  const Json& trouble = json.at("trouble");
  return PredictionRecord{.outcome = read_optional(record.at("predicted"), read_outcome),
                          .trouble = trouble.is_null() ? "" : trouble.get<std::string>(),
                          .rules = json.at("rules"),
                          .why = read_why(json),
                          .sockets = read_list(json.at("sockets"), read_predicted_socket),
                          .bound_after = read_optional(json.at("bound_after_ns"), read_time)};
}

void read_preconditions(const Json& json, Record& record) {
  for (const Json& look : json.at("states")) {
    record.preconditions.push_back(
        {.actor = look.at("actor"), .asked = look.at("asked"), .seen = look.at("seen")});
    if (look.contains("place")) record.precondition_places.push_back(read_place(look.at("place")));
  }
  record.table_before = read_table(json.at("table"));
  record.table_after = read_table(json.at("table_after_attempt"));
}

SocketCall read_call_name(const Json& json) { return read_word(kSocketCalls, "call", json); }

Record read(const Json& json) {
  if (json.at("schema") != kRecordSchema)
    throw BadInput(
        fmt::format("a record has the schema {}, not {}", json.at("schema").dump(), kRecordSchema));
  Record record{.scenario = json.at("scenario"),
                .theme = json.at("theme"),
                .title = json.at("title"),
                .point = read_point(json.at("cell")),
                .verdict = read_word(kVerdicts, "verdict", json.at("verdict")),
                .reason = json.at("reason"),
                .outcome = read_optional(json.at("outcome"), read_outcome),
                .expected = read_outcome(json.at("expected")),
                .promised = read_optional(json.at("promised"), read_outcome),
                .predicted = read_prediction(json),
                .attempt = read_list(json.at("attempt"), read_call),
                .attempt_by = json.at("attempt_by"),
                .attempt_place = read_place(json.at("attempt_place")),
                .single_call = read_optional(json.at("single_call"), read_call_name),
                .attempt_ends_holder = json.at("attempt_ends_holder"),
                .repetition = read_optional(json.at("repeated"), read_repetition),
                .steps = read_list(json.at("steps"), read_step),
                .actors = read_list(json.at("actors"), read_actor),
                .evidence = read_evidence(json),
                .isolation = json.at("isolation"),
                .duration = read_time(json.at("duration_ns"))};
  read_preconditions(json.at("precondition"), record);
  if (const Json& capture = json.at("capture_trouble"); !capture.is_null())
    record.capture_trouble = capture;
  record.started = std::chrono::system_clock::time_point(read_time(json.at("started_ns")));
  if (const auto relocation = json.find("relocation"); relocation != json.end())
    record.relocation = read_relocation(*relocation);
  if (const Json& trouble = json.at("trouble"); !trouble.is_null())
    record.trouble = Trouble{.verdict = read_word(kVerdicts, "verdict", trouble.at("verdict")),
                             .text = trouble.at("text")};
  return record;
}

}  // namespace

Record read_record(std::string_view json_line) try {
  return read(parse_json<Json>(json_line));
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no record: {}", error.what()));
} catch (const std::logic_error& error) {
  throw BadInput(fmt::format("this is no record: {}", error.what()));
}

}  // namespace timewait
