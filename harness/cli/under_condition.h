#pragma once

namespace timewait {

/// Exit status of under_condition where the machine does not let it make the condition.
inline constexpr int kConditionNotHere = 99;

}  // namespace timewait
