#include "harness/export/text_export.h"

#include "harness/report/text_report.h"

namespace timewait {

void write_text(const RunResults& results, const TextStyle& style, const Sink& sink) {
  sink(text_report(results.matrix, results.summary, style));
}

}  // namespace timewait
