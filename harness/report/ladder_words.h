#pragma once

#include <string>

#include "harness/report/table_changes.h"
#include "harness/run/timeline.h"

namespace timewait {

/// "FIN, ACK seq 41 ack 41", "PSH, ACK 40 bytes", "UDP 5 bytes".
std::string segment_words(const Segment& segment);

/// "127.0.0.1:40000 to 127.0.0.1:40001", or "to itself": where a segment goes that does not cross.
std::string ends_words(const Segment& segment);

/// "bind(0.0.0.0:12000) = -1 EADDRINUSE".
std::string call_words(const CallResult& call);

/// The new state of an entry, "TIME_WAIT"; "(gone)", or "LISTEN gone", when it went.
std::string state_words(const TableChange& change);

/// What became of a process, to be read after its name: "gets SIGKILL", "ends, exit 0".
std::string process_words(const ProcessChanged& process);

/// `text` without control characters, which would break a line or its columns.
std::string in_one_line(std::string text);

}  // namespace timewait
