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
      paragraph(kIndent, fmt::format("{} did not turn red though the options of a program's "
                                     "sockets were to be read: {}",
                                     cells(result.missed.size()), fmt::join(result.missed, " ")));
    text_ += '\n';
  }

  void write_verdict(const MutationResult& result) {
    const auto of_users = std::ranges::count_if(result.red, &RedCell::uses);
    const auto of_others = std::ssize(result.red) - of_users;
    const Verdict look = !result.is_good()   ? Verdict::fail
                         : result.users == 0 ? Verdict::skip
                                             : Verdict::pass;
    text_ += "  " + verdict_mark(look, style_) + ' ';
    if (result.users == 0 && result.red.empty())
      text_ += "no cell makes this call\n";
    else
      text_ +=
          fmt::format("{} of {} turned red that make this call; {} of {} that do not\n", of_users,
                      cells(static_cast<std::size_t>(result.users)), of_others, result.others);
  }

  /// The cells caught by one check, among those that make the call or those that do not.
  void write_caught(const MutationResult& result, CaughtBy by, bool users) {
    std::vector<std::pair<std::string, int>> scenarios;
    int count = 0;
    for (const RedCell& cell : result.red) {
      if (cell.by != by || cell.uses != users) continue;
      if (scenarios.empty() || scenarios.back().first != cell.scenario)
        scenarios.emplace_back(cell.scenario, 0);
      ++scenarios.back().second;
      ++count;
    }
    if (count == 0) return;
    std::string all;
    for (const auto& [scenario, times] : scenarios)
      all += fmt::format("{}{} {}", all.empty() ? "" : ", ", scenario, times);
    paragraph(kIndent,
              fmt::format("{} by {}{}: {}", cells(static_cast<std::size_t>(count)),
                          kCaughtBy.name(by), users ? "" : ", without making the call", all));
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
          {"uses", cell.uses}};
}

}  // namespace

bool MutationResult::spilled() const { return !std::ranges::all_of(red, &RedCell::uses); }

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
                         {"users", result.users},
                         {"others", result.others},
                         {"survived", result.survived()},
                         {"spilled", result.spilled()},
                         {"missed", result.missed},
                         {"red", red}});
  }
  return Json{{"schema", "timewait.mutations/1"}, {"mutations", mutations}}.dump(2) + "\n";
}

}  // namespace timewait
