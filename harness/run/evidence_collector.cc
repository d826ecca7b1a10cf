#include "harness/run/evidence_collector.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// No cell that teaches anything has more; a program that floods the loopback must not fill the
/// record.
constexpr std::size_t kMostSegments = 4096;

/// Entries of tables, and whatever else happened but segments; fifty times as much as in any cell
/// that teaches anything. Programs that open sockets or fork without end must not fill the record,
/// nor our memory.
constexpr std::size_t kMostEvents = 8000;

/// The same entries in the same states and hands, whatever their timers and queues do.
bool show_the_same(const Table& one, const Table& other) {
  return std::ranges::equal(one, other, [](const SocketEntry& a, const SocketEntry& b) {
    return a.cookie == b.cookie && a.state == b.state && (a.inode == 0) == (b.inode == 0) &&
           a.owner == b.owner;
  });
}

/// What an event counts for.
std::size_t size_of(const decltype(Event::what)& what) {
  if (std::holds_alternative<SegmentArrived>(what)) return 0;
  const auto* seen = std::get_if<TableSeen>(&what);
  return 1 + (seen != nullptr ? seen->table.size() : 0);
}

}  // namespace

CaptureSource CaptureSource::open(const Relocation* place) {
  CaptureSource source;
  try {
    source.capture.emplace(place != nullptr ? std::optional(place->host) : std::nullopt);
  } catch (const CannotRunHere& refusal) {
    source.refusal = refusal.what();
  }
  return source;
}

EvidenceCollector::EvidenceCollector(CaptureSource* source) : source_(source) {}

int EvidenceCollector::segments_fd() const {
  return source_ != nullptr && source_->capture ? source_->capture->fd() : -1;
}

void EvidenceCollector::add(std::chrono::nanoseconds at, decltype(Event::what) what) {
  if (!is_on() || size_ > kMostEvents) return;
  size_ += size_of(what);
  if (size_ > kMostEvents)
    throw Error(
        fmt::format("the cell's programs did more than a record holds: {} entries of the socket "
                    "table and changes of processes",
                    kMostEvents));
  timeline_.push_back({.at = at, .what = std::move(what)});
}

bool EvidenceCollector::take_segments() {
  if (source_ == nullptr || !source_->capture) return false;
  const std::size_t before = counts_.kept + counts_.left_out;
  source_->capture->drain([&](const Frame& frame) {
    const auto segment = decode_segment(frame.bytes);
    if (!segment || counts_.kept == kMostSegments) {
      ++counts_.left_out;
      return;
    }
    ++counts_.kept;
    add(frame.at - start_, SegmentArrived{.segment = *segment, .frame = std::string(frame.bytes)});
  });
  return counts_.kept + counts_.left_out > before;
}

std::string EvidenceCollector::no_segments() const {
  if (source_ == nullptr) return "nothing is captured";
  return source_->refusal;
}

const SegmentArrived* EvidenceCollector::last_fin(const Endpoint& from, const Endpoint& to) const {
  const SegmentArrived* last = nullptr;
  for (const Event& event : timeline_) {
    const auto* arrived = std::get_if<SegmentArrived>(&event.what);
    if (arrived == nullptr || !arrived->segment.has(TcpFlag::fin)) continue;
    if (arrived->segment.from == from && arrived->segment.to == to) last = arrived;
  }
  return last;
}

void EvidenceCollector::step_began(std::size_t index) { add(now(), StepBegan{.index = index}); }

void EvidenceCollector::process_changed(std::chrono::nanoseconds at, ProcessChanged process) {
  add(at, std::move(process));
}

void EvidenceCollector::calls_made(std::chrono::nanoseconds at,
                                   const std::vector<CallResult>& calls) {
  for (const CallResult& call : calls) add(at, CallMade{.call = call});
}

void EvidenceCollector::table_seen(std::chrono::nanoseconds looked_from, const Table& table) {
  if (show_the_same(table, last_table_)) return;
  last_table_ = table;
  add(now(), TableSeen{.looked_from = looked_from, .table = table});
}

std::optional<Evidence> EvidenceCollector::finish() {
  if (!is_on()) return std::nullopt;
  take_segments();
  Evidence evidence{.no_capture = source_->refusal};
  if (source_->capture) {
    counts_.dropped = source_->capture->dropped();
    counts_.clock_was_set = source_->capture->clock_was_set();
    evidence.capture = counts_;
  }
  std::ranges::stable_sort(timeline_, {}, &Event::at);
  make_sequences_relative(timeline_);
  evidence.timeline = std::move(timeline_);
  return evidence;
}

std::string missing_segments(const Evidence& evidence) {
  if (!evidence.capture) return "no segments: " + evidence.no_capture;
  const CaptureCounts& counts = *evidence.capture;
  if (counts.dropped + counts.left_out > 0)
    return fmt::format("segments are missing: {} dropped by the kernel, {} beyond what is kept",
                       counts.dropped, counts.left_out);
  return counts.clock_was_set ? "the times of segments are wrong: the system clock was set" : "";
}

namespace {

/// The first sequence numbers of one direction, one for each connection that began with its ports.
using Firsts = std::vector<std::uint32_t>;

/// `number` counted from the first that it can belong to: an old connection's segments may come
/// after a new one has begun.
std::uint32_t relative(std::uint32_t number, const Firsts& firsts) {
  std::uint32_t least = firsts.empty() ? number : number - firsts.front();
  for (const std::uint32_t first : firsts) least = std::min(least, number - first);
  return least;
}

void note_first(const Segment& segment, Firsts& firsts) {
  const bool is_new = std::ranges::find(firsts, segment.sequence) == firsts.end();
  // A reset that answers a SYN has no sequence of its own.
  const bool has_sequence = !segment.has(TcpFlag::rst) || segment.sequence != 0;
  if (segment.has(TcpFlag::syn) ? is_new : firsts.empty() && has_sequence)
    firsts.push_back(segment.sequence);
}

}  // namespace

void make_sequences_relative(Timeline& timeline) {
  std::map<std::pair<std::string, std::string>, Firsts> firsts;
  for (Event& event : timeline) {
    auto* arrived = std::get_if<SegmentArrived>(&event.what);
    if (arrived == nullptr || arrived->segment.kind != Segment::Kind::tcp) continue;
    Segment& segment = arrived->segment;
    const std::string from = segment.from.text();
    const std::string to = segment.to.text();
    note_first(segment, firsts[{from, to}]);
    if (segment.has(TcpFlag::ack))
      segment.acknowledgement = relative(segment.acknowledgement, firsts[{to, from}]);
    const bool has_sequence = !segment.has(TcpFlag::rst) || segment.sequence != 0;
    if (has_sequence) segment.sequence = relative(segment.sequence, firsts[{from, to}]);
  }
}

}  // namespace timewait
