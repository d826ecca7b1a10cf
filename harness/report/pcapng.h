#pragma once

#include <string>

#include "harness/run/record.h"

namespace timewait {

/// The bytes of a capture file (pcapng) with the segments of a record, for Wireshark and its kind.
/// The comment of the file says what was run and what came of it. The comments of each packet say
/// what happened since the packet before: steps, states, processes, calls; on the last packet those
/// that begin with "then:" say what happened after it. Where there is no packet all of it is in the
/// comment of the file. Throws BadInput for a record that was kept without evidence.
std::string pcapng(const Record& record);

}  // namespace timewait
