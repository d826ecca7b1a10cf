#include "harness/run/record.h"

#include "harness/export/annotations.h"
#include "harness/export/exporter.h"
#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/page/page_cell.h"
#include "harness/page/script_block.h"
#include "harness/report/ladder.h"
#include "harness/report/mermaid.h"
#include "harness/report/pcapng.h"
#include "harness/report/reference_json.h"
#include "harness/run/mutation.h"
#include "harness/run/record_json.h"

namespace timewait {
namespace {

constexpr int kNarrow = 40;

void draw(const Record& record) {
  for (const int width : {kNarrow, 100})
    must_hold(!ladder(record, {.colour = width == kNarrow, .width = width}).empty(),
              "nothing is drawn");
  must_hold(!mermaid(record).empty(), "nothing is drawn for Mermaid");
  accepts([&] { must_hold(!pcapng(record).empty(), "the capture file is empty"); });
}

/// Every format, and the cell as the page has it.
void export_all(const Record& record) {
  Matrix matrix;
  matrix.add(cell_result_of(record));
  const RunSummary summary{.kernel = "6.18", .cells = 1};
  const RunResults results{
      .matrix = matrix, .summary = summary, .for_each = [&](const auto& take) { take(record); }};
  std::size_t written = 0;
  const auto count = [&](std::string_view text) { written += text.size(); };
  for (const Exporter& exporter : exporters()) {
    written = 0;
    exporter.write(results, {}, count);
    must_hold(written > 0, "a format has nothing to say");
  }
  write_annotations(matrix, count);
  must_hold(!in_script_block(PageCells().json(record, *matrix.find(record), 0)).empty(),
            "the page has nothing to say");
}

}  // namespace

void fuzz_record(std::string_view input) {
  Record record;
  const auto read = [&] {
    record = read_record(input);
    judge_again(record);
  };
  if (!accepts(read)) return;
  const std::string line = to_json_line(record);
  must_hold(to_json_line(read_record(line)) == line, "a record changes when it is written down");
  const ReferenceCell reference = reference_cell_of(record);
  must_hold(read_reference_cell(to_json_line(reference)) == reference,
            "a cell of a reference changes when it is written down");
  if (record.verdict != Verdict::pass) caught_by(record);
  draw(record);
  export_all(record);
}

}  // namespace timewait
