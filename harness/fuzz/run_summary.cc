#include "harness/run/run_summary.h"

#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/report/run_merge.h"

namespace timewait {

void fuzz_run_summary(std::string_view input) {
  RunSummary summary;
  if (!accepts([&] { summary = read_run_summary(std::string(input)); })) return;
  const std::string text = to_json(summary, {});
  must_hold(to_json(read_run_summary(text), {}) == text, "a run changes when it is written down");
  const std::vector<MergedRun> runs{{.name = "a", .summary = summary},
                                    {.name = "b", .summary = summary}};
  accepts([&] {
    check_same_conditions(runs);
    missing_shards(runs);
    must_hold(!to_json(merged_summary(runs), {}).empty(), "nothing is written of a merged run");
  });
}

}  // namespace timewait
