#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/net/errno_name.h"
#include "harness/run/kept_json.h"
#include "harness/run/record_json.h"
#include "harness/run/saying_json.h"

namespace timewait {
namespace {

using std::chrono::nanoseconds;

/// About thirty years: two such times can be added, and one more to a date of this century.
constexpr std::int64_t kLongest = 1'000'000'000'000'000'000;
constexpr std::int64_t kLatest = 4'000'000'000'000'000'000;  ///< in 2096

Endpoint read_endpoint(const KeptValue& json) { return json.parsed(Endpoint::parse, "address"); }

Outcome read_outcome(const KeptValue& json) { return json.parsed(Outcome::parse, "outcome"); }

nanoseconds read_time(const KeptValue& json) {
  return nanoseconds(json.number<std::int64_t>(-kLongest, kLongest));
}

Point read_point(const KeptValue& json) {
  Point point;
  for (const auto& [variation, label] : json.members()) point.emplace_back(variation, label.text());
  return point;
}

SocketEntry read_entry(const KeptValue& json) {
  SocketEntry entry{.protocol = json.at("protocol").word(kProtocols, "protocol"),
                    .state = json.at("state").word(kTcpStates, "state"),
                    .local = read_endpoint(json.at("local")),
                    .remote = read_endpoint(json.at("remote")),
                    .unread = json.at("unread").number<std::uint32_t>(),
                    .uid = json.at("uid").number<std::uint32_t>(),
                    .inode = json.at("inode").number<std::uint32_t>(),
                    .cookie = json.at("cookie").number<std::uint64_t>()};
  if (const auto timer = json.find("timer")) {
    entry.timer = timer->at("kind").word(kSocketTimers, "timer");
    entry.timer_left = std::chrono::milliseconds(timer->at("left_ms").number<std::uint32_t>());
  }
  if (const auto owner = json.find("owner")) entry.owner = owner->text();
  if (const auto options = json.find("options"))
    entry.options = options->word(kOptionSets, "option set");
  return entry;
}

Table read_table(const KeptValue& json) { return json.list(read_entry); }

CallResult read_call(const KeptValue& json) {
  CallResult call{.call = json.at("call").word(kSocketCalls, "call"),
                  .arguments = json.at("arguments").text(),
                  .value = json.at("result").number<int>()};
  if (const auto error = json.at("errno"); !error.is_null())
    call.error = error.parsed(find_errno, "errno");
  return call;
}

ActorPlace read_place(const KeptValue& json) {
  return {.side = json.at("side").word(kSides, "side"),
          .endpoint = read_endpoint(json.at("endpoint")),
          .protocol = json.at("protocol").word(kProtocols, "protocol")};
}

StepRecord read_step(const KeptValue& json) {
  return {.text = json.at("text").text(),
          .start = read_time(json.at("start_ns")),
          .end = read_time(json.at("end_ns")),
          .note = json.at("note").text(),
          .table = json.at("table").optional(read_table)};
}

ActorRecord read_actor(const KeptValue& json) {
  return {.name = json.at("name").text(),
          .command = json.at("command").texts(),
          .end = json.at("end").text(),
          .place = json.at("place").optional(read_place),
          .output = json.at("output").text(),
          .errors = json.at("errors").text()};
}

PortRange read_range(const KeptValue& json) {
  const auto ends = json.list([](const KeptValue& end) { return end.number<std::uint16_t>(); });
  if (ends.size() != 2 || ends[0] > ends[1]) json.refuse_as("range of ports");
  return {.first = ends[0], .last = ends[1]};
}

std::uint16_t read_port(const KeptValue& json) { return json.number<std::uint16_t>(1); }

Relocation read_relocation(const KeptValue& json) {
  const auto on_loopback = [](const std::string& host) {
    return host.starts_with("127.") ? Endpoint::parse(host + ":0") : std::nullopt;
  };
  Relocation relocation{.host = json.at("address").parsed(on_loopback, "address of the loopback"),
                        .ephemeral = read_range(json.at("ephemeral"))};
  for (const std::uint16_t port : json.at("wildcards").list(read_port))
    relocation.wildcards.insert(port);
  for (const auto& [port, own] : json.at("ports").members()) {
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error != std::errc() || end != port.data() + port.size() || number == 0)
      own.refuse("is of no port");
    const std::uint16_t place = read_port(own);
    const auto is_place = [&](const auto& other) { return other.second == place; };
    if (std::ranges::any_of(relocation.ports, is_place)) own.refuse("stands for two ports");
    relocation.ports.emplace(number, place);
  }
  return relocation;
}

/// The bytes that hexadecimal digits stand for.
std::optional<std::string> bytes_of(const std::string& digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (const char* begin = digits.data(); begin < digits.data() + digits.size(); begin += 2) {
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(begin, begin + 2, byte, 16);
    if (error != std::errc() || end != begin + 2) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

SegmentArrived read_segment(const KeptValue& json) {
  return {.segment = {.kind = json.at("kind").word(kSegmentKinds, "kind of segment"),
                      .from = read_endpoint(json.at("from")),
                      .to = read_endpoint(json.at("to")),
                      .flags = json.at("flags").parsed(parse_flags, "list of TCP flags"),
                      .sequence = json.at("seq").number<std::uint32_t>(),
                      .acknowledgement = json.at("ack").number<std::uint32_t>(),
                      .length = json.at("length").number<std::uint32_t>()},
          .frame = json.at("frame").parsed(bytes_of, "frame in hexadecimal digits")};
}

decltype(Event::what) read_what(const KeptValue& json) {
  const KeptValue event = json.at("event");
  const std::string kind = event.text();
  if (kind == "step") return StepBegan{.index = json.at("step").number<std::uint32_t>()};
  if (kind == "segment") return read_segment(json);
  if (kind == "table")
    return TableSeen{.looked_from = read_time(json.at("looked_from_ns")),
                     .table = read_table(json.at("table"))};
  if (kind == "process")
    return ProcessChanged{.actor = json.at("actor").text(),
                          .pid = json.at("pid").number<int>(),
                          .change = json.at("change").word(kProcessChanges, "change"),
                          .detail = json.at("detail").text()};
  if (kind == "call") return CallMade{.call = read_call(json)};
  event.refuse_as("event");
}

Event read_event(const KeptValue& json) {
  return {.at = read_time(json.at("at_ns")), .what = read_what(json)};
}

std::optional<Evidence> read_evidence(const KeptValue& json) {
  if (json.at("timeline").is_null()) return std::nullopt;
  Evidence evidence{.timeline = json.at("timeline").list(read_event)};
  const KeptValue packets = json.at("packets");
  if (const auto reason = packets.find("not_captured"))
    evidence.no_capture = reason->text();
  else
    evidence.capture = CaptureCounts{.kept = packets.at("kept").number<std::uint32_t>(),
                                     .dropped = packets.at("dropped").number<std::uint32_t>(),
                                     .left_out = packets.at("left_out").number<std::uint32_t>(),
                                     .clock_was_set = packets.at("clock_was_set").flag()};
  return evidence;
}

Repetition read_repetition(const KeptValue& json) {
  Repetition repetition{.times = json.at("times").number<int>(0),
                        .first_outcome = read_outcome(json.at("first_outcome")),
                        .seen_for = read_time(json.at("seen_for_ns")),
                        .refused_until = read_time(json.at("refused_until_ns")),
                        .took = read_time(json.at("took_ns")),
                        .at_least = read_time(json.at("at_least_ns")),
                        .at_most = json.at("at_most_ns").optional(read_time),
                        .table_refused = read_table(json.at("table_refused"))};
  if (const auto left = json.at("timer_left_ns").optional(read_time))
    repetition.timer_left = std::chrono::duration_cast<std::chrono::milliseconds>(*left);
  return repetition;
}

TcpState read_state(const KeptValue& json) { return json.word(kTcpStates, "state"); }

PredictedSocket::Moment read_moment(const KeptValue& json) {
  return {.step = json.at("step").number<std::uint32_t>(),
          .state = json.at("state").optional(read_state),
          .local = read_endpoint(json.at("local")),
          .remote = read_endpoint(json.at("remote"))};
}

PredictedSocket read_predicted_socket(const KeptValue& json) {
  return {.protocol = json.at("protocol").word(kProtocols, "protocol"),
          .moments = json.at("moments").list(read_moment)};
}

/// Records of earlier versions have the English text alone.
Explanation read_why(const KeptValue& prediction) {
  if (const auto said = prediction.find("why_said")) return read_explanation(*said);
  return {verbatim(prediction.at("why").text())};
}

/// The prediction of a record, whose outcome stands beside it.
std::optional<PredictionRecord> read_prediction(const KeptValue& record) {
  const KeptValue json = record.at("prediction");
  if (json.is_null()) return std::nullopt;
  const KeptValue trouble = json.at("trouble");
  return PredictionRecord{.outcome = record.at("predicted").optional(read_outcome),
                          .trouble = trouble.is_null() ? "" : trouble.text(),
                          .rules = json.at("rules").texts(),
                          .why = read_why(json),
                          .sockets = json.at("sockets").list(read_predicted_socket),
                          .bound_after = json.at("bound_after_ns").optional(read_time)};
}

void read_preconditions(const KeptValue& json, Record& record) {
  for (const KeptValue& look : json.at("states").values()) {
    record.preconditions.push_back({.actor = look.at("actor").text(),
                                    .asked = look.at("asked").text(),
                                    .seen = look.at("seen").text()});
    if (const auto place = look.find("place"))
      record.precondition_places.push_back(read_place(*place));
  }
  record.table_before = read_table(json.at("table"));
  record.table_after = read_table(json.at("table_after_attempt"));
}

SocketCall read_call_name(const KeptValue& json) { return json.word(kSocketCalls, "call"); }

Trouble read_trouble(const KeptValue& json) {
  return {.verdict = json.at("verdict").word(kVerdicts, "verdict"), .text = json.at("text").text()};
}

Record read(const KeptValue& json) {
  Record record{.scenario = json.at("scenario").text(),
                .theme = json.at("theme").text(),
                .title = json.at("title").text(),
                .point = read_point(json.at("cell")),
                .verdict = json.at("verdict").word(kVerdicts, "verdict"),
                .reason = json.at("reason").text(),
                .outcome = json.at("outcome").optional(read_outcome),
                .expected = read_outcome(json.at("expected")),
                .promised = json.at("promised").optional(read_outcome),
                .predicted = read_prediction(json),
                .attempt = json.at("attempt").list(read_call),
                .attempt_by = json.at("attempt_by").text(),
                .attempt_place = read_place(json.at("attempt_place")),
                .single_call = json.at("single_call").optional(read_call_name),
                .attempt_ends_holder = json.at("attempt_ends_holder").flag(),
                .repetition = json.at("repeated").optional(read_repetition),
                .steps = json.at("steps").list(read_step),
                .actors = json.at("actors").list(read_actor),
                .evidence = read_evidence(json),
                .trouble = json.at("trouble").optional(read_trouble),
                .isolation = json.at("isolation").text(),
                .duration = read_time(json.at("duration_ns"))};
  read_preconditions(json.at("precondition"), record);
  if (const KeptValue capture = json.at("capture_trouble"); !capture.is_null())
    record.capture_trouble = capture.text();
  record.started = std::chrono::system_clock::time_point(
      nanoseconds(json.at("started_ns").number<std::int64_t>(0, kLatest)));
  if (const auto relocation = json.find("relocation"))
    record.relocation = read_relocation(*relocation);
  return record;
}

}  // namespace

Record read_record(std::string_view json_line) {
  const KeptDocument document("record", json_line);
  check_schema(document.root(), kRecordSchema, "a record");
  return read(document.root());
}

}  // namespace timewait
