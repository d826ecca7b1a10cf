#pragma once

#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "harness/run/sandbox.h"

namespace timewait {

/// For tests: what `body` returns as the first process of a fresh sandbox, or the text of what it
/// threw; of either no more than 4096 bytes.
inline std::string in_sandbox(const std::function<std::string()>& body) {
  Sandbox sandbox(probe_own_network().rung.value(), body);
  sandbox.wait();
  std::array<char, 4096> answer{};
  const ssize_t size = ::read(sandbox.output(), answer.data(), answer.size());
  return {answer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

}  // namespace timewait
