#include "harness/cli/reported_folder.h"

#include "harness/cli/page_output.h"
#include "harness/cli/print_results.h"
#include "harness/cli/record_folder.h"

namespace timewait {
namespace {

constexpr int kNotAllWasSeen = 3;

}  // namespace

int report_folder(const ReportOptions& options) {
  const auto date = source_date();
  const RecordFolder folder(options.directory);
  const RunSummary summary = folder.summary();
  const PageOutput page(options.html, options.locations);
  Matrix matrix;
  folder.for_each([&](const Record& record) { matrix.add(cell_result_of(record)); });
  folder.expect_whole(summary, matrix.counts().all());
  const OutputStyle style(options.language, options.locations);
  const RunResults results{.matrix = matrix,
                           .summary = summary,
                           .for_each = [&](const auto& take) { folder.for_each(take); },
                           .date = date};
  print_results(options.format, results, style.text());
  page.write(results);
  const int code = matrix.exit_code();
  return code == 0 && summary.not_run > 0 ? kNotAllWasSeen : code;
}

}  // namespace timewait
