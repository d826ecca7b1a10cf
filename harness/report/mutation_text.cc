#include "harness/report/mutation_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

constexpr int kIndent = 4;

/// "setsockopt(SO_REUSEADDR)" or "shutdown()".
std::string ignored_call(KernelMutation mutation) {
  const std::string name(ignored_by(mutation));
  return name.starts_with("SO_") ? fmt::format("setsockopt({})", name) : name + "()";
}

std::string cells(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "cell" : "cells");
}

class MutationText {
 public:
  MutationText(const std::vector<MutationResult>& results, const TextStyle& style)
      : results_(results), style_(style) {}

  std::string write() {
    for (const MutationResult& result : results_) write(result);
    return std::move(text_);
  }

 private:
  void paragraph(int indent, const std::string& content) {
    const std::string blanks(static_cast<std::size_t>(indent), ' ');
    for (const char character : wrapped(content, std::max(style_.width - indent, 1), 0)) {
      if (text_.empty() || text_.back() == '\n') text_ += blanks;
      text_ += character;
    }
    text_ += '\n';
  }

  void write(const MutationResult& result) {
    text_ += paint(style_, Colour::bold, kKernelMutations.name(result.mutation)) +
             fmt::format("  {} says 0 and does nothing\n", ignored_call(result.mutation));
    write_verdict(result);
    for (const auto& [by, name] : kCaughtBy.rows()) write_caught(result, by, true);
    for (const auto& [by, name] : kCaughtBy.rows()) write_caught(result, by, false);
    if (!result.missed.empty())
      paragraph(kIndent, fmt::format("{} had to turn red and did not: {}",
                                     cells(result.missed.size()), fmt::join(result.missed, " ")));
    text_ += '\n';
  }

  void write_verdict(const MutationResult& result) {
    const auto of_affected = std::ranges::count_if(result.red, &RedCell::may_show);
    const auto of_others = std::ssize(result.red) - of_affected;
    const Verdict look = !result.is_good()      ? Verdict::fail
                         : result.affected == 0 ? Verdict::skip
                                                : Verdict::pass;
    text_ += "  " + verdict_mark(look, style_) + ' ';
    if (result.affected == 0 && result.red.empty())
      text_ += "it makes no difference to these cells\n";
    else
      text_ += fmt::format("{} of {} turned red to which it makes a difference; {} of {} others\n",
                           of_affected, cells(static_cast<std::size_t>(result.affected)), of_others,
                           result.others);
  }

  /// The cells caught by one check, among those to which the mutation makes a difference or the
  /// others.
  void write_caught(const MutationResult& result, CaughtBy by, bool affected) {
    std::vector<std::pair<std::string, int>> scenarios;
    int count = 0;
    for (const RedCell& cell : result.red) {
      if (cell.by != by || cell.may_show != affected) continue;
      if (scenarios.empty() || scenarios.back().first != cell.scenario)
        scenarios.emplace_back(cell.scenario, 0);
      ++scenarios.back().second;
      ++count;
    }
    if (count == 0) return;
    std::string all;
    for (const auto& [scenario, times] : scenarios)
      all += fmt::format("{}{} {}", all.empty() ? "" : ", ", scenario, times);
    paragraph(kIndent, fmt::format("{} by {}{}: {}", cells(static_cast<std::size_t>(count)),
                                   kCaughtBy.name(by), affected ? "" : ", which should not", all));
  }

  const std::vector<MutationResult>& results_;
  const TextStyle& style_;
  std::string text_;
};

using Json = nlohmann::ordered_json;

Json json_of(const RedCell& cell) {
  return {{"scenario", cell.scenario},
          {"cell", cell.cell},
          {"caught_by", kCaughtBy.name(cell.by)},
          {"outcome", cell.outcome.empty() ? Json() : Json(cell.outcome)},
          {"reason", cell.reason},
          {"may_show", cell.may_show}};
}

}  // namespace

bool MutationResult::spilled() const { return !std::ranges::all_of(red, &RedCell::may_show); }

std::string mutation_text(const std::vector<MutationResult>& results, const TextStyle& style) {
  return MutationText(results, style).write();
}

std::string mutation_json(const std::vector<MutationResult>& results) {
  Json mutations = Json::array();
  for (const MutationResult& result : results) {
    Json red = Json::array();
    for (const RedCell& cell : result.red) red.push_back(json_of(cell));
    mutations.push_back({{"mutation", kKernelMutations.name(result.mutation)},
                         {"ignores", ignored_by(result.mutation)},
                         {"affected", result.affected},
                         {"others", result.others},
                         {"survived", result.survived()},
                         {"spilled", result.spilled()},
                         {"missed", result.missed},
                         {"red", red}});
  }
  return Json{{"schema", "timewait.mutations/1"}, {"mutations", mutations}}.dump(2) + "\n";
}

}  // namespace timewait
