#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/scenario_cells.h"
#include "harness/fuzz/targets.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {

void fuzz_scenario(std::string_view input) {
  const SourceText source("/scenarios/theme/fuzzed.toml", std::string(input));
  Scenario scenario;
  if (accepts([&] { scenario = read_scenario(source); })) tell_cells(scenario);
}

}  // namespace timewait
