#pragma once

#include <string>
#include <string_view>

#include "harness/run/record.h"

namespace timewait {

inline constexpr std::string_view kRecordSchema = "timewait.record/1";

/// The record as one line of JSON, schema "timewait.record/1", without a newline.
std::string to_json_line(const Record& record);

/// The record in such a line. Throws BadInput for a line that is none.
Record read_record(std::string_view json_line);

}  // namespace timewait
