#pragma once

#include <map>
#include <optional>
#include <string>

#include "harness/kernel/packet_capture.h"
#include "harness/run/record.h"

namespace timewait {

/// Where segments come from: an open capture, or why there is none.
struct CaptureSource {
  std::optional<PacketCapture> capture;
  std::string refusal;

  /// Opens a capture in the network namespace of the caller; of the address of `place` alone, if
  /// there is one.
  static CaptureSource open(const Relocation* place = nullptr);
};

/// Puts what is seen of a cell on one timeline, stamped with the time since the cell's start.
class EvidenceCollector {
 public:
  /// The cell starts now. Without a `source` nothing is collected. The source must outlive this.
  /// What happens beyond what a record holds is left out, and the first of it throws Error.
  explicit EvidenceCollector(CaptureSource* source);

  /// False when the run wants no evidence.
  bool is_on() const { return source_ != nullptr; }

  /// The time since the cell's start.
  std::chrono::nanoseconds now() const { return Clock::now() - start_; }

  /// Readable when a segment came; -1 without a capture.
  int segments_fd() const;

  /// Takes the segments that have come; true when there were any.
  bool take_segments();

  /// Why no segment is known; empty when they are captured.
  std::string no_segments() const;

  /// The last FIN taken so far that went from one end to the other, with its sequence number as in
  /// the header; null when there was none. Valid until the next segment is taken.
  const SegmentArrived* last_fin(const Endpoint& from, const Endpoint& to) const;

  void step_began(std::size_t index);
  /// What was noticed about a process just now.
  void process_changed(ProcessChanged process) { process_changed(now(), std::move(process)); }
  void process_changed(std::chrono::nanoseconds at, ProcessChanged process);
  /// The calls of an attempt, made just now.
  void calls_made(const std::vector<CallResult>& calls) { calls_made(now(), calls); }
  /// The same for calls that began at `at` and may have taken their time.
  void calls_made(std::chrono::nanoseconds at, const std::vector<CallResult>& calls);

  /// Notes the table if it differs in more than timers from the one before.
  void table_seen(std::chrono::nanoseconds looked_from, const Table& table);

  /// Everything in order of time, with relative sequence numbers; nothing when it is off.
  std::optional<Evidence> finish();

 private:
  void add(std::chrono::nanoseconds at, decltype(Event::what) what);

  const Clock::time_point start_ = Clock::now();
  CaptureSource* source_;
  Timeline timeline_;
  std::size_t size_ = 0;  ///< of what is on the timeline, but segments
  Table last_table_;
  CaptureCounts counts_;
};

/// Why segments of a cell are missing or their times wrong; empty when nothing is amiss.
std::string missing_segments(const Evidence& evidence);

/// Makes the sequence numbers of each direction count from its first one, and the acknowledgements
/// from that of the other direction.
void make_sequences_relative(Timeline& timeline);

}  // namespace timewait
