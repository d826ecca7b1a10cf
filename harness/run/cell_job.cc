#include "harness/run/cell_job.h"

#include "harness/run/cell_limits.h"
#include "harness/run/cell_place.h"
#include "harness/run/record_json.h"
#include "harness/run/segment_steps.h"

namespace timewait {

std::string play(const CellJob& job, const RunSettings& settings, const StartSignal& start,
                 CaptureSource& source) {
  shield_first_process(settings);
  const CellPlace place(*job.cell, settings.isolation);
  const bool captures = settings.evidence != EvidenceLevel::none || needs_segments(*job.cell);
  if (captures) source = CaptureSource::open(place.relocation());
  start.wait();
  return to_json_line(run_cell(*job.scenario, place, settings, captures ? &source : nullptr));
}

std::string broken_record(const CellJob& job, const RunSettings& settings,
                          const std::string& reason) {
  Record record = blank_record(*job.scenario, *job.cell, settings.isolation);
  record.trouble = Trouble{.verdict = Verdict::error, .text = reason};
  judge(record);
  return to_json_line(record);
}

}  // namespace timewait
