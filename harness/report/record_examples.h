#pragma once

#include <vector>

#include "harness/run/record.h"

namespace timewait {

/// A chat server is killed; of its three clients one closes, and the restarted server is bound.
Record three_clients();
/// One socket that is both ends.
Record connected_to_itself();
/// Two UDP sockets, and an answer that is no datagram.
Record udp_exchange();
/// Steps, output and names in Chinese.
Record in_chinese();
/// A forked child holds the listener of a server that was killed, and the capture lost segments.
Record child_keeps_the_listener();
/// These and those of the message pair.
std::vector<Record> record_examples();

}  // namespace timewait
