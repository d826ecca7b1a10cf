#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/scenario_cells.h"
#include "harness/fuzz/targets.h"
#include "harness/scenario/cell_expansion.h"

namespace timewait {
namespace {

/// All lines of a text, the first as what is expected.
struct Blocks {
  explicit Blocks(const SourceText& source) {
    std::string_view rest = source.text();
    for (int number = 1; !rest.empty(); ++number) {
      const auto end = std::min(rest.find('\n'), rest.size());
      (number == 1 ? expect : script)
          .lines.push_back({.at = {.line = number}, .text = rest.substr(0, end)});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  TextBlock expect;
  TextBlock script;
};

}  // namespace

void fuzz_script(std::string_view input) {
  const SourceText source("fuzzed", std::string(input));
  const Blocks blocks(source);
  Scenario scenario{
      .name = "fuzzed",
      .theme = "theme",
      .title = "T",
      .teaches = "W",
      .from = {"ours"},
      .variations = {{.name = "first", .values = {{"plain", {}}, {"both", {}}}},
                     {.name = "then", .values = {{"exits", {{"does", "exits"}}}}}},
  };
  if (accepts([&] { expand_cells(source, blocks.script, blocks.expect, nullptr, scenario); }))
    tell_cells(scenario);
}

}  // namespace timewait
