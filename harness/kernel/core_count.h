#pragma once

namespace timewait {

/// The cores that this process may use.
int core_count();

}  // namespace timewait
