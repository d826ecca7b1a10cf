#pragma once

#include <functional>
#include <string>

#include "harness/run/sandbox.h"

namespace timewait {

/// For tests: what `body` returns as the first process of a fresh sandbox, or the text of what it
/// threw; of either no more than a pipe takes.
inline std::string in_sandbox(const std::function<std::string()>& body) {
  Sandbox sandbox(probe_own_network().rung.value(), body);
  sandbox.wait();
  std::string answer;
  sandbox.drain(answer);
  return answer;
}

}  // namespace timewait
