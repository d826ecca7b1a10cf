#pragma once

namespace timewait {

/// Has the caller, not its children, wait less than others for its turn, in exchange for shorter
/// turns: hundreds of processes that never sleep must not keep it from ending them. Kernels before
/// Linux 6.12 take no notice.
void take_short_turns();

}  // namespace timewait
