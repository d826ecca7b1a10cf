#include "harness/report/run_words.h"

#include "harness/report/report_words.h"

namespace timewait {

std::string agreement_words(const Matrix& matrix, const TextStyle& style) {
  const int passed = matrix.counts().of(Verdict::pass);
  if (passed == 0) return "";
  const int unknown = passed - matrix.predicted();
  std::string agreed =
      told(style, ReportWord::agreement,
           {std::to_string(matrix.predicted()), std::to_string(matrix.counts().all())});
  if (unknown == 0) return agreed;
  return told(style, ReportWord::without_prediction, {agreed, std::to_string(unknown)});
}

std::string left_out_words(const RunSummary& summary, const TextStyle& style) {
  std::string all;
  for (const auto& [tag, cells] : summary.left_out) {
    if (!all.empty()) all += told(style, ReportWord::comma);
    all += told(style, ReportWord::left_out_tag, {cell_count(style, cells), tag});
  }
  return all.empty() ? all : told(style, ReportWord::left_out, {all});
}

std::string shard_words(const RunSummary& summary, const TextStyle& style) {
  if (summary.shards.empty()) return "";
  return told(style, ReportWord::shard, {shard_names(summary)});
}

std::string interrupted_words(const RunSummary& summary, const TextStyle& style) {
  if (summary.not_run == 0) return "";
  return told(style, ReportWord::interrupted,
              {std::to_string(summary.cells), std::to_string(summary.cells + summary.not_run)});
}

std::vector<std::string> shortcomings(const RunSummary& summary, const TextStyle& style) {
  std::vector<std::string> all;
  if (!summary.isolation_refusals.empty())
    all.push_back(told(style, ReportWord::not_used, {summary.isolation_refusals}));
  if (!summary.capture_trouble.empty())
    all.push_back(told(style, ReportWord::evidence, {summary.capture_trouble}));
  if (!summary.sees_options) all.push_back(told(style, ReportWord::options_unread));
  return all;
}

}  // namespace timewait
