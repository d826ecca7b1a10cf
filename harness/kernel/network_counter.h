#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace timewait {

/// The counter "GROUP:NAME" in a text of the form of /proc/net/netstat and /proc/net/snmp (a line
/// of names, then a line of values) or of /proc/net/sockstat (name and value in turn). Nothing when
/// it is not there.
std::optional<long long> find_counter(std::string_view text, const std::string& name);

/// What a counter of the caller's network namespace shows: "TcpExt:TCPAbortOnClose",
/// "Tcp:ActiveOpens", "TCP:tw". Throws CannotRunHere where this kernel has no such counter.
long long read_counter(const std::string& name);

}  // namespace timewait
