#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/report/run_facts.h"

namespace timewait {

void fuzz_facts(std::string_view input) {
  RunFacts facts;
  if (!accepts([&] { facts = read_run_facts(std::string(input)); })) return;
  must_hold(differences(facts, read_run_facts(to_json(facts))).empty(),
            "facts change when they are written down");
}

}  // namespace timewait
