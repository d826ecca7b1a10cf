#pragma once

#include <vector>

#include "harness/base/unique_fd.h"
#include "harness/scenario/relocation.h"

namespace timewait {

/// An address and ports of the machine's own loopback, reserved for one cell. Nobody in the socket
/// table has one of the ports, under any address; no other timewait takes one as long as this
/// object lives, nor while an entry of the table is left on it.
class LoopbackClaim {
 public:
  /// Throws CannotRunHere where no port is free or the table cannot be read.
  explicit LoopbackClaim(const NamedPorts& ports);

  const Relocation& place() const { return place_; }

 private:
  Relocation place_;
  std::vector<UniqueFd> locks_;
};

}  // namespace timewait
