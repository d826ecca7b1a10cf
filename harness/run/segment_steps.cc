#include "harness/run/segment_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/kernel/raw_segment.h"

namespace timewait {
namespace {

/// The TIME_WAIT of the actor, which must have exactly one.
SocketEntry time_wait_of(Scene& scene, const Step& step) {
  scene.stage.look();
  const Table entries = scene.stage.entries_at(scene.place_of(step.actor));
  const auto is_waiting = [](const auto& entry) { return entry.state == TcpState::time_wait; };
  if (std::ranges::count_if(entries, is_waiting) != 1)
    throw Error(fmt::format("{} has not exactly one TIME_WAIT, the table holds {}", step.actor,
                            states_of(entries).text()));
  return *std::ranges::find_if(entries, is_waiting);
}

SegmentArrived last_fin(Scene& scene, const Endpoint& from, const Endpoint& to) {
  const SegmentArrived* fin = nullptr;
  scene.must([&] { return (fin = scene.evidence.last_fin(from, to)) != nullptr; },
             [&] { return fmt::format("no FIN from {} was captured", from.text()); });
  return *fin;
}

}  // namespace

bool needs_segments(const Cell& cell) {
  return std::ranges::any_of(cell.steps, [](const Step& step) { return sends_segment(step.verb); });
}

void play_segment(Scene& scene, const Step& step) {
  if (const std::string refusal = scene.evidence.no_segments(); !refusal.empty())
    throw CannotRunHere(fmt::format("\"{}\" needs the captured segments: {}", step.text, refusal));
  const SocketEntry entry = time_wait_of(scene, step);
  const Endpoint from = entry.remote.unmapped();
  const Endpoint to = entry.local.unmapped();
  const auto [fin, frame] = last_fin(scene, from, to);
  const std::string bytes =
      step.verb == Verb::replay_fin
          ? tcp_bytes_of(frame)
          : reset_bytes(from, to, fin.sequence + fin.length + 1, fin.acknowledgement);
  if (bytes.empty())
    throw Error(fmt::format("the FIN from {} was not captured whole", from.text()));
  send_segment(from, to, bytes);
  scene.stage.expect_news();
}

}  // namespace timewait
