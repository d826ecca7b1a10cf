#include "harness/report/record_story.h"

#include <cerrno>
#include <utility>

namespace timewait {
namespace {

const CallResult kSocketMade{.call = SocketCall::socket, .arguments = "tcp", .value = 9};
const CallResult kBindFailed{
    .call = SocketCall::bind, .arguments = "0.0.0.0:12000", .value = -1, .error = EADDRINUSE};

}  // namespace

RecordStory& RecordStory::at(double milliseconds) {
  now_ = std::chrono::nanoseconds(static_cast<std::int64_t>(milliseconds * 1e6));
  return *this;
}

RecordStory& RecordStory::add(decltype(Event::what) what) {
  if (!record.steps.empty()) record.steps.back().end = now_;
  record.evidence->timeline.push_back({.at = now_, .what = std::move(what)});
  return *this;
}

RecordStory& RecordStory::step(const std::string& text, const std::string& note) {
  Table table;
  if (!record.steps.empty()) table = record.steps.back().table.value_or(Table{});
  record.steps.push_back(
      {.text = text, .start = now_, .end = now_, .note = note, .table = std::move(table)});
  return add(StepBegan{record.steps.size() - 1});
}

RecordStory& RecordStory::process(const std::string& actor, int pid, ProcessChange change,
                                  const std::string& detail) {
  return add(ProcessChanged{actor, pid, change, detail});
}

RecordStory& RecordStory::table(Table table) {
  record.steps.back().table = table;
  return add(TableSeen{.looked_from = now_, .table = std::move(table)});
}

RecordStory& RecordStory::call(CallResult call) {
  record.attempt.push_back(call);
  return add(CallMade{std::move(call)});
}

RecordStory& RecordStory::segment(const Segment& segment) {
  ++record.evidence->capture->kept;
  return add(SegmentArrived{.segment = segment, .frame = ""});
}

RecordStory& RecordStory::tcp(int from, int to, const std::string& flags, std::uint32_t sequence,
                              std::uint32_t acknowledgement, std::uint32_t length) {
  std::uint8_t bits = 0;
  for (const auto& [flag, name] : kTcpFlags.rows())
    if (flags.find(name.front()) != std::string::npos) bits |= static_cast<std::uint8_t>(flag);
  return segment({.from = endpoint("127.0.0.1:" + std::to_string(from)),
                  .to = endpoint("127.0.0.1:" + std::to_string(to)),
                  .flags = bits,
                  .sequence = sequence,
                  .acknowledgement = acknowledgement,
                  .length = length});
}

Endpoint endpoint(const std::string& text) { return Endpoint::parse(text).value(); }

SocketEntry entry(TcpState state, const std::string& local, const std::string& remote,
                  bool has_process) {
  return {.state = state,
          .local = endpoint(local),
          .remote = endpoint(remote),
          .inode = has_process ? 4711U : 0U};
}

SocketEntry listener() {
  SocketEntry listening = entry(TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0");
  listening.owner = "server";
  listening.options = OptionSet::reuseaddr;
  return listening;
}

SocketEntry time_wait_entry(const std::string& local, const std::string& remote) {
  SocketEntry waiting = entry(TcpState::time_wait, local, remote, false);
  waiting.timer = SocketTimer::time_wait;
  waiting.timer_left = std::chrono::milliseconds(59990);
  return waiting;
}

ActorRecord actor_record(const std::string& name, const std::string& place, ActorPlace::Side side,
                         Protocol protocol) {
  return {.name = name,
          .command = {},
          .end = "",
          .place = ActorPlace{.side = side, .endpoint = endpoint(place), .protocol = protocol},
          .output = "",
          .errors = ""};
}

Record untold(const std::string& scenario, const std::string& title, const Point& point) {
  Record record;
  record.scenario = scenario;
  record.title = title;
  record.point = point;
  record.verdict = Verdict::pass;
  record.outcome = record.expected = Outcome::failed(SocketCall::bind, EADDRINUSE);
  record.attempt_place = {.endpoint = endpoint("0.0.0.0:12000")};
  record.actors = {actor_record("server", "0.0.0.0:12000", ActorPlace::Side::local),
                   actor_record("client", "127.0.0.1:12000", ActorPlace::Side::remote)};
  record.evidence = Evidence{.timeline = {}, .capture = CaptureCounts{}, .no_capture = ""};
  return record;
}

void rebind_in_vain(RecordStory& story, double milliseconds) {
  story.at(milliseconds).step("rebind with plain", "bind:EADDRINUSE");
  story.at(milliseconds + 0.02).call(kSocketMade);
  story.at(milliseconds + 0.03).call(kBindFailed);
}

}  // namespace timewait
