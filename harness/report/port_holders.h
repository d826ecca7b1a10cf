#pragma once

#include <string>
#include <vector>

#include "harness/run/record.h"

namespace timewait {

/// The entries of the last look before the attempt that have the attempted port under an address
/// which overlaps the attempted one, each in a line: "held by TIME_WAIT 127.0.0.1:12000 ->
/// 127.0.0.1:40312, no process, 59.99 s left"; "shared with ..." when the attempt was bound, "was
/// held by ..." when it was repeated until then. Where the address is in use and none overlaps, all
/// that is on the port: a [::1] connection of a dual-stack socket is in the way of 0.0.0.0, too.
std::vector<std::string> port_holders(const Record& record);

}  // namespace timewait
