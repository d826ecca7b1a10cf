#pragma once

#include "harness/run/record.h"

namespace timewait {

/// What happened in a cell, as its record tells it: the timeline of its evidence. Of a record that
/// was kept without evidence the steps, the attempt and the tables around that.
Timeline told_timeline(const Record& record);

}  // namespace timewait
