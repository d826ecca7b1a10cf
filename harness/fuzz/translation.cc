#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/scenario_cells.h"
#include "harness/fuzz/targets.h"
#include "harness/scenario/translation_reader.h"

namespace timewait {

void fuzz_translation(std::string_view input) {
  static const std::vector<Claim> claims{
      {.id = "C1", .from = "us", .says = "S", .truth = "T"},
      {.id = "C2", .from = "us", .says = "S", .truth = "T", .condition = "it rains"}};
  const std::vector<Scenario>& scenarios = known_scenarios();
  const SourceText source("fuzzed.toml", std::string(input));
  Translation translation;
  if (!accepts([&] { translation = read_translation(source, scenarios, claims); })) return;
  for (const Claim& claim : claims)
    must_hold(!translation.translated(claim).says.empty(), "a claim says nothing any more");
  for (const Scenario& scenario : scenarios)
    must_hold(!translation.texts_of(scenario).title.empty(), "a scenario has no title any more");
}

}  // namespace timewait
