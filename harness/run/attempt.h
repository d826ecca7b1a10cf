#pragma once

#include <vector>

#include "harness/base/unique_fd.h"
#include "harness/net/endpoint.h"
#include "harness/net/option_set.h"
#include "harness/scenario/outcome.h"

namespace timewait {

/// The bare rebind: socket, options, bind and, for TCP, listen; each made at most once, none after
/// one that failed. The socket stays open as long as the object lives.
class Attempt {
 public:
  Attempt(const Endpoint& endpoint, OptionSet options, bool udp);

  const std::vector<CallResult>& calls() const { return calls_; }
  Outcome outcome() const;

 private:
  bool made(CallResult result);

  UniqueFd socket_;
  std::vector<CallResult> calls_;
};

}  // namespace timewait
