// A record with segments for tests: a connection comes, the server closes it and is tried again.
#pragma once

#include <cerrno>
#include <string>
#include <vector>

#include "harness/kernel/test_frame.h"
#include "harness/run/record.h"

namespace timewait {

inline constexpr std::chrono::nanoseconds kCaptureStart{1'700'000'000'123'456'789};

inline Endpoint server_end() { return *Endpoint::parse("127.0.0.1:12000"); }
inline Endpoint client_end() { return *Endpoint::parse("127.0.0.1:40312"); }

inline SocketEntry server_entry(TcpState state) {
  return {.state = state,
          .local = server_end(),
          .remote = client_end(),
          .cookie = 1,
          .owner = "server"};
}

/// A segment of which as many bytes were captured as `kept` says.
inline SegmentArrived arrived(const Segment& segment, std::size_t kept = std::string::npos) {
  return {.segment = segment, .frame = frame_of(segment).substr(0, kept)};
}

inline Timeline capture_timeline() {
  const Segment syn{.from = client_end(), .to = server_end(), .flags = 0x02, .sequence = 100};
  const Segment data{.from = server_end(),
                     .to = client_end(),
                     .flags = 0x18,
                     .sequence = 500,
                     .acknowledgement = 101,
                     .length = 400};
  const Segment fin{.from = server_end(),
                    .to = client_end(),
                    .flags = 0x11,
                    .sequence = 900,
                    .acknowledgement = 101};
  const std::vector<decltype(Event::what)> happened = {
      StepBegan{.index = 0},
      ProcessChanged{.actor = "server",
                     .pid = 2,
                     .change = ProcessChange::started,
                     .detail = "message_server"},
      arrived(syn),
      TableSeen{.table = {server_entry(TcpState::established)}},
      arrived(data, 256),
      StepBegan{.index = 1},
      ProcessChanged{
          .actor = "server", .pid = 2, .change = ProcessChange::signalled, .detail = "SIGKILL"},
      TableSeen{.table = {server_entry(TcpState::fin_wait1)}},
      arrived(fin),
      TableSeen{.table = {server_entry(TcpState::time_wait)}},
      CallMade{{.call = SocketCall::bind,
                .arguments = "0.0.0.0:12000",
                .value = -1,
                .error = EADDRINUSE}},
  };
  Timeline timeline;
  for (const auto& what : happened)
    timeline.push_back({.at = std::chrono::nanoseconds(1001 * timeline.size()), .what = what});
  return timeline;
}

inline Record capture_record() {
  using Time = std::chrono::system_clock::time_point;
  return {.scenario = "server-closes-first",
          .title = "The server closes first",
          .point = {{"first", "plain"}, {"rebind", "plain"}},
          .verdict = Verdict::pass,
          .outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .expected = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .steps = {{.text = "server runs message_server"}, {.text = "server gets SIGKILL"}},
          .evidence = Evidence{.timeline = capture_timeline(), .capture = CaptureCounts{.kept = 3}},
          .started = Time(std::chrono::duration_cast<Time::duration>(kCaptureStart)),
          .duration = std::chrono::nanoseconds(20'000)};
}

}  // namespace timewait
