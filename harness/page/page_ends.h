#pragma once

#include <nlohmann/json.hpp>

#include "harness/run/record.h"

namespace timewait {

/// The life of each TCP socket of a cell as the looks at the kernel's table saw it: an array in the
/// order in which they came. A socket that never had a remote end has no `remote`.
nlohmann::ordered_json ends_json(const Record& record);

}  // namespace timewait
