#include "harness/export/reference_export.h"

#include "harness/report/reference_json.h"
#include "harness/report/run_facts.h"

namespace timewait {

void write_reference(const RunResults& results, const TextStyle& /*style*/, const Sink& sink) {
  ReferenceCells reference;
  results.for_each([&](const Record& record) { reference.add(record); });
  for (const ReferenceCell& cell : reference.cells()) sink(to_json_line(cell) + "\n");
}

void write_facts(const RunResults& results, const TextStyle& /*style*/, const Sink& sink) {
  sink(to_json(facts_of(results.summary)));
}

}  // namespace timewait
