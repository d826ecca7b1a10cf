#include "harness/fuzz/fuzz_target.h"

#include <algorithm>
#include <iterator>

#include "harness/fuzz/targets.h"

namespace timewait {
namespace {

constexpr FuzzTarget kTargets[] = {
    {"calls", fuzz_calls},
    {"claims", fuzz_claims},
    {"facts", fuzz_facts},
    {"program_output", fuzz_program_output},
    {"record", fuzz_record},
    {"reference", fuzz_reference},
    {"run_summary", fuzz_run_summary},
    {"scenario", fuzz_scenario},
    {"script", fuzz_script},
    {"segment", fuzz_segment},
    {"socket_answer", fuzz_socket_answer},
    {"translation", fuzz_translation},
    {"words", fuzz_words},
};

}  // namespace

std::span<const FuzzTarget> fuzz_targets() { return kTargets; }

const FuzzTarget* find_fuzz_target(std::string_view name) {
  const auto* found = std::ranges::find(kTargets, name, &FuzzTarget::name);
  return found == std::end(kTargets) ? nullptr : found;
}

}  // namespace timewait
