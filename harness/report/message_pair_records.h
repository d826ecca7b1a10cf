#pragma once

#include "harness/run/record.h"

namespace timewait {

/// The server of the message pair closes first and its port is tried again.
Record server_closes_first();
Record without_capture();
Record without_evidence();
/// As without_evidence(), and the tables of the steps were not kept either.
Record without_tables();
/// The cell broke in its second step.
Record broken();

}  // namespace timewait
