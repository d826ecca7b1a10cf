#include "harness/export/json_export.h"

#include <fmt/format.h>

#include "harness/run/record_json.h"

namespace timewait {

void write_json(const RunResults& results, const TextStyle&, const Sink& sink) {
  sink(fmt::format("{{\"run\": {}, \"records\": [",
                   to_json(results.summary, results.matrix.counts().by_name())));
  const char* between = "\n";
  results.for_each([&](const Record& record) {
    sink(between);
    sink(to_json_line(record));
    between = ",\n";
  });
  sink("\n]}\n");
}

}  // namespace timewait
