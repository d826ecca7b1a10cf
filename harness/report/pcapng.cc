#include "harness/report/pcapng.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/base/error.h"
#include "harness/report/capture_comments.h"
#include "harness/report/event_words.h"
#include "harness/report/pcapng_block.h"
#include "harness/run/evidence_collector.h"

namespace timewait {
namespace {

using std::chrono::nanoseconds;

constexpr std::string_view kInterfaceName = "lo";

std::string cell_of(const Record& record) {
  return fmt::format("{}/{}", record.scenario, cell_name(record.point));
}

std::string outcome_text(const Record& record) {
  return record.outcome ? "outcome " + record.outcome->text() : "no outcome";
}

/// What was run and what came of it, a line for each.
std::vector<std::string> summary(const Record& record) {
  std::string verdict = fmt::format("verdict {}", kVerdicts.name(record.verdict));
  if (!record.reason.empty()) verdict += ": " + record.reason;
  std::vector<std::string> lines{
      cell_of(record), record.title, verdict,
      fmt::format("{} (expected {})", outcome_text(record), record.expected.text())};
  if (const std::string text = missing_segments(*record.evidence); !text.empty())
    lines.push_back(text);
  return lines;
}

nanoseconds since_epoch(const Record& record, nanoseconds at) {
  return std::chrono::duration_cast<nanoseconds>(record.started.time_since_epoch()) + at;
}

/// The segments of a record, each with what happened before it, and what happened after the last.
struct Story {
  std::vector<CapturedFrame> frames;
  std::vector<std::string> rest;
};

Story story_of(const Record& record) {
  Story story;
  CaptureComments comments(record);
  for (const Event& event : record.evidence->timeline) {
    std::ranges::copy(comments.next(event), std::back_inserter(story.rest));
    if (const auto* segment = std::get_if<SegmentArrived>(&event.what))
      story.frames.push_back({.since_epoch = since_epoch(record, event.at),
                              .bytes = segment->frame,
                              .wire_length = wire_length(segment->frame),
                              .comments = std::exchange(story.rest, {})});
  }
  story.rest.push_back(
      fmt::format("{}, verdict {}", outcome_text(record), kVerdicts.name(record.verdict)));
  return story;
}

/// The length at which frames were cut, 0 when none was.
std::uint32_t snap_length(const std::vector<CapturedFrame>& frames) {
  std::size_t length = 0;
  bool is_cut = false;
  for (const CapturedFrame& frame : frames) {
    length = std::max(length, frame.bytes.size());
    is_cut = is_cut || frame.bytes.size() < frame.wire_length;
  }
  return is_cut ? static_cast<std::uint32_t>(length) : 0;
}

std::string statistics(const Record& record, const CaptureCounts& counts) {
  return pcapng_statistics({.since_epoch = since_epoch(record, record.duration),
                            .received = counts.kept + counts.left_out + counts.dropped,
                            .dropped = counts.dropped});
}

}  // namespace

std::string pcapng(const Record& record) {
  if (!record.evidence)
    throw BadInput(fmt::format("the record of {} holds no segments; run it with --evidence full",
                               cell_of(record)));
  Story story = story_of(record);
  std::vector<std::string> comment = summary(record);
  const bool is_empty = story.frames.empty();
  auto& comments = is_empty ? comment : story.frames.back().comments;
  for (const std::string& line : story.rest) comments.push_back((is_empty ? "" : "then: ") + line);
  std::string file = pcapng_section(fmt::format("{}", fmt::join(comment, "\n"))) +
                     pcapng_interface(kInterfaceName, snap_length(story.frames));
  for (const CapturedFrame& frame : story.frames) file += pcapng_packet(frame);
  if (!is_empty && record.evidence->capture) file += statistics(record, *record.evidence->capture);
  return file;
}

}  // namespace timewait
