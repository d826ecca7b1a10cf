#include "harness/scenario/claim_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/cell_pattern.h"
#include "harness/scenario/toml_source.h"

namespace timewait {
namespace {

constexpr std::string_view kFileKeys[] = {"claim"};
constexpr std::string_view kClaimKeys[] = {"id", "from", "says", "truth", "condition", "cells"};
constexpr std::string_view kCellKeys[] = {"cell", "claimed", "claimed_seconds", "fulfils",
                                          "control"};

/// Reads the claims of one file. Every method throws ScenarioError at the place that is wrong.
class ClaimFile {
 public:
  ClaimFile(const SourceText& source, const std::vector<Scenario>& scenarios)
      : toml_(source), scenarios_(scenarios) {}

  std::vector<Claim> read() {
    toml_.refuse_unknown_keys(toml_.root(), kFileKeys, "the file of the claims");
    const toml::node& all = toml_.required(toml_.root(), "claim");
    std::vector<Claim> claims;
    for (const toml::node& node : tables(all, "claim")) {
      claims.push_back(claim(*node.as_table()));
      const auto same = std::ranges::find(claims, claims.back().id, &Claim::id);
      if (&*same != &claims.back())
        toml_.fail(*node.as_table()->get("id"),
                   fmt::format("there is a second claim \"{}\"", same->id));
    }
    return claims;
  }

 private:
  /// The tables of a list that is not empty.
  const toml::array& tables(const toml::node& node, std::string_view key) const {
    const toml::array* array = node.as_array();
    if (array == nullptr || array->empty() || !array->is_homogeneous<toml::table>())
      toml_.fail(node, fmt::format("{} must be a list of tables", key));
    return *array;
  }

  std::string text(const toml::table& table, std::string_view key) const {
    return toml_.text_of(toml_.required(table, key), key);
  }

  Claim claim(const toml::table& table) const {
    toml_.refuse_unknown_keys(table, kClaimKeys, "a claim");
    Claim claim{.id = text(table, "id"),
                .from = text(table, "from"),
                .says = text(table, "says"),
                .truth = text(table, "truth"),
                .condition = table.contains("condition") ? text(table, "condition") : ""};
    if (const toml::node* cells = table.get("cells")) {
      for (const toml::node& node : tables(*cells, "cells"))
        claim.cells.push_back(claimed_cells(*node.as_table()));
      refuse_cells_named_twice(claim, *cells->as_array());
      check_what_decides(claim, *cells);
    } else if (!claim.condition.empty()) {
      toml_.fail(*table.get("condition"), "a condition needs cells that fulfil it");
    }
    return claim;
  }

  ClaimedCells claimed_cells(const toml::table& table) const {
    toml_.refuse_unknown_keys(table, kCellKeys, "a cell of a claim");
    ClaimedCells cells{.pattern = text(table, "cell"),
                       .claimed = outcome(toml_.required(table, "claimed")),
                       .seconds = seconds(table.get("claimed_seconds")),
                       .fulfils = flag(table, "fulfils"),
                       .control = flag(table, "control")};
    const toml::node& pattern = *table.get("cell");
    if (cells.fulfils && cells.control)
      toml_.fail(pattern, "a control decides nothing, so it cannot fulfil a condition");
    for (const auto& [scenario, cell] : selected(pattern, cells.pattern)) {
      cells.cells.push_back(scenario->name + "/" + cell_name(cell->point));
      cells.slow_tag = slow_tag(*scenario);
      if (cells.seconds && cell->steps.back().verb != Verb::rebind_until_bound)
        toml_.fail(*table.get("claimed_seconds"),
                   fmt::format("{} measures no time", cells.cells.back()));
    }
    return cells;
  }

  std::vector<SelectedCell> selected(const toml::node& node, const std::string& pattern) const {
    try {
      return cells_matching(scenarios_, pattern);
    } catch (const BadInput& error) {
      toml_.fail(node, error.what());
    }
  }

  Outcome outcome(const toml::node& node) const {
    const std::string text = toml_.text_of(node, "claimed");
    const auto outcome = Outcome::parse(text);
    if (!outcome)
      toml_.fail(node, fmt::format("\"{}\" is no outcome such as {}", text, kOutcomeExamples));
    return *outcome;
  }

  std::optional<SecondsRange> seconds(const toml::node* node) const {
    if (node == nullptr) return std::nullopt;
    const toml::array* ends = node->as_array();
    const bool has_both = ends != nullptr && ends->size() == 2;
    const auto least = has_both ? (*ends)[0].value<double>() : std::nullopt;
    const auto most = has_both ? (*ends)[1].value<double>() : std::nullopt;
    if (!least || !most || *least > *most)
      toml_.fail(*node, "claimed_seconds must be two numbers, the least and the most");
    return SecondsRange{.least = *least, .most = *most};
  }

  bool flag(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) toml_.fail(*node, fmt::format("{} must be true or false", key));
    return *value;
  }

  void refuse_cells_named_twice(const Claim& claim, const toml::array& nodes) const {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < claim.cells.size(); ++i)
      for (const std::string& cell : claim.cells[i].cells) {
        if (std::ranges::find(known, cell) != known.end())
          toml_.fail(*nodes[i].as_table()->get("cell"),
                     fmt::format("{} decides this claim already", cell));
        known.push_back(cell);
      }
  }

  /// A verdict must be possible, and a condition must make a difference.
  void check_what_decides(const Claim& claim, const toml::node& cells) const {
    const auto fulfilling = std::ranges::count_if(claim.cells, &ClaimedCells::fulfils);
    const auto controls = std::ranges::count_if(claim.cells, &ClaimedCells::control);
    const auto others = std::ssize(claim.cells) - fulfilling - controls;
    if (fulfilling + others == 0) toml_.fail(cells, "controls alone decide nothing");
    if (claim.condition.empty() && fulfilling > 0)
      toml_.fail(cells, "cells fulfil a condition, but the claim has none");
    if (!claim.condition.empty() && (fulfilling == 0 || others == 0))
      toml_.fail(cells, "a condition needs cells that fulfil it and cells that do not");
  }

  TomlSource toml_;
  const std::vector<Scenario>& scenarios_;
};

}  // namespace

std::vector<Claim> read_claims(const SourceText& source, const std::vector<Scenario>& scenarios) {
  return ClaimFile(source, scenarios).read();
}

}  // namespace timewait
