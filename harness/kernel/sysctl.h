#pragma once

#include <string>

namespace timewait {

/// Reads "net.ipv4.tcp_fin_timeout" in the network namespace of the caller, without the newline.
/// Throws CannotRunHere where this kernel has no such sysctl.
std::string read_sysctl(const std::string& name);

/// Writes a sysctl in the network namespace of the caller. Only names below "net." are accepted:
/// the others belong to the machine. Throws CannotRunHere where the name is unknown or writing is
/// refused, Error for a value that the kernel does not take.
void write_sysctl(const std::string& name, const std::string& value);

}  // namespace timewait
