#pragma once

#include <string>

#include "harness/report/table_changes.h"
#include "harness/run/record.h"

namespace timewait {

// What the events of a record are in words, for whoever draws or lists them.

/// "FIN, ACK seq 41 ack 41", "PSH, ACK 40 bytes", "UDP 5 bytes".
std::string segment_words(const Segment& segment);

/// "127.0.0.1:40000 to 127.0.0.1:40001", or "to itself": where a segment goes that does not cross.
std::string ends_words(const Segment& segment);

/// "bind(0.0.0.0:12000) = -1 EADDRINUSE".
std::string call_words(const CallResult& call);

/// The new state of an entry, to be read at its place: "TIME_WAIT"; "(gone)", or "LISTEN gone",
/// when it went.
std::string state_words(const TableChange& change);

/// The same where there is no such place: "server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED
/// -> FIN_WAIT1". An entry that came has only its state, of one that went it says "gone".
std::string change_words(const TableChange& change);

/// What became of a process, to be read after its name: "gets SIGKILL", "ends, exit 0".
std::string process_words(const ProcessChanged& process);

/// A command line without the program's folder: "message_server --with plain" of
/// "/opt/programs/message_server --with plain".
std::string without_folder(const std::string& command);

}  // namespace timewait
