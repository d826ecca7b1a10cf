#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/report/reference_json.h"

namespace timewait {

void fuzz_reference(std::string_view input) {
  ReferenceCell cell;
  if (!accepts([&] { cell = read_reference_cell(input); })) return;
  must_hold(read_reference_cell(to_json_line(cell)) == cell,
            "a cell of a reference changes when it is written down");
}

}  // namespace timewait
