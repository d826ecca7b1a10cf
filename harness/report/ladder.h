#pragma once

#include <string>

#include "harness/report/text_style.h"
#include "harness/run/record.h"

namespace timewait {

/// What happened in a cell as a ladder diagram for a terminal: time goes down, the server is the
/// left line and the client the right one, with the states of their sockets in the margins. A line
/// is drawn through while a process lives, dotted when only the kernel's table still has an entry
/// of that side. Where there is room the steps of the script stand in a column at the right. No
/// line is wider than the style.
std::string ladder(const Record& record, const TextStyle& style);

}  // namespace timewait
