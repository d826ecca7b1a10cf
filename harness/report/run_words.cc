#include "harness/report/run_words.h"

#include <fmt/format.h>

namespace timewait {

std::string agreement_words(const Matrix& matrix) {
  const int passed = matrix.counts().of(Verdict::pass);
  if (passed == 0) return "";
  const int unknown = passed - matrix.predicted();
  const std::string rest =
      unknown == 0 ? "" : fmt::format("; {} passed without a prediction", unknown);
  return fmt::format("expected = predicted = kernel in {} of {}{}", matrix.predicted(),
                     matrix.counts().all(), rest);
}

std::string left_out_words(const RunSummary& summary) {
  if (summary.left_out.empty()) return "";
  std::string all = "left out because they are slow:";
  std::string between = " ";
  for (const auto& [tag, cells] : summary.left_out) {
    all += fmt::format("{}{} {} (--tag {})", between, cells, cells == 1 ? "cell" : "cells", tag);
    between = ", ";
  }
  return all;
}

std::vector<std::string> shortcomings(const RunSummary& summary) {
  std::vector<std::string> all;
  if (!summary.isolation_refusals.empty()) all.push_back("not used: " + summary.isolation_refusals);
  if (!summary.capture_trouble.empty()) all.push_back("evidence: " + summary.capture_trouble);
  if (!summary.sees_options)
    all.emplace_back(
        "the options of sockets cannot be read here: programs are believed to set those they are "
        "asked for");
  return all;
}

}  // namespace timewait
