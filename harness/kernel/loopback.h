#pragma once

namespace timewait {

/// Takes the loopback link of the caller's network namespace up or down. While it is down no
/// segment arrives anywhere, so both ends of a connection can close before either hears of it.
void set_loopback(bool up);

}  // namespace timewait
