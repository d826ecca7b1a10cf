#pragma once

#include <string>
#include <string_view>

#include "harness/run/cell_result.h"
#include "harness/run/record.h"

namespace timewait {

/// The record as one line of JSON, schema "timewait.record/1", without a newline.
std::string to_json_line(const Record& record);

/// What reports need of a record written by to_json_line(). Throws Error for a line that is none.
CellResult read_cell_result(std::string_view json_line);

}  // namespace timewait
