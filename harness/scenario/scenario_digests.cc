#include "harness/scenario/scenario_digests.h"

#include "harness/scenario/text_digest.h"

namespace timewait {
namespace {

void add_script(TextDigest& digest, const Scenario& scenario) {
  digest.add(scenario.theme + "\n" + scenario.title + "\n");
  for (const std::string& line : scenario.script) digest.add(line + "\n");
}

void add_cell(TextDigest& digest, const Cell& cell) {
  digest.add(cell_name(cell.point) + "\n" + cell.expected.text() + "\n" +
             (cell.promised ? cell.promised->text() : "") + "\n");
}

}  // namespace

std::map<std::string, std::string> scenario_digests(const std::vector<SelectedCell>& cells) {
  std::map<std::string, TextDigest> digests;
  for (const auto& [scenario, cell] : cells) {
    const auto [place, is_new] = digests.try_emplace(scenario->name);
    if (is_new) add_script(place->second, *scenario);
    add_cell(place->second, *cell);
  }
  std::map<std::string, std::string> texts;
  for (auto& [name, digest] : digests) texts[name] = digest.text();
  return texts;
}

}  // namespace timewait
