#pragma once

#include <string>
#include <string_view>

#include "harness/report/reference_cell.h"

namespace timewait {

/// The cell as one line of JSON, schema "timewait.reference/1", without a newline. `expected` and
/// `predicted` are there only where they differ from the outcome, `varies` where something does.
std::string to_json_line(const ReferenceCell& cell);

/// The cell in such a line. Throws BadInput for a line that is none.
ReferenceCell read_reference_cell(std::string_view json_line);

}  // namespace timewait
