#include "harness/kernel/segment.h"

#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/report/ladder.h"
#include "harness/report/pcapng.h"

namespace timewait {

void fuzz_segment(std::string_view input) {
  must_hold(wire_length(input) >= input.size(), "a frame was shorter than what was captured of it");
  const auto segment = decode_segment(input);
  if (!segment) return;
  must_hold(parse_flags(flags_text(segment->flags)) == segment->flags,
            "flags changed on their way");
  must_hold(segment->length <= wire_length(input), "a payload is longer than its frame");
  Record record{.scenario = "fuzzed", .steps = {{.text = "server exits"}}};
  const SegmentArrived arrived{.segment = *segment, .frame = std::string(input)};
  record.evidence = Evidence{.timeline = {{.what = StepBegan{}}, {.what = arrived}},
                             .capture = CaptureCounts{.kept = 1}};
  must_hold(pcapng(record).size() > input.size(), "the capture file lacks the frame");
  must_hold(!ladder(record, {}).empty(), "nothing is drawn");
}

}  // namespace timewait
