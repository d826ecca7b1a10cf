#pragma once

#include <string>

namespace timewait {

/// What the caller lacks of the rights that root has over users and networks, "CAP_NET_RAW"; empty
/// when it has them all. A container or a service manager may have taken some away.
std::string lacking_capability();

}  // namespace timewait
