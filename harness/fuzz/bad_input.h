#pragma once

#include <string_view>

#include "harness/base/error.h"
#include "harness/fuzz/fuzz_target.h"

namespace timewait {

/// Throws FuzzFinding unless `holds`.
inline void must_hold(bool holds, const char* what) {
  if (!holds) throw FuzzFinding(what);
}

/// Throws FuzzFinding for a refusal that does not say why.
void check_refusal(std::string_view text);

/// True when `read` took the input, false when it refused it as it should, with BadInput. Whatever
/// else it throws, of a library for example, is a finding.
template <typename Read>
bool accepts(Read read) {
  try {
    read();
    return true;
  } catch (const BadInput& refusal) {
    check_refusal(refusal.what());
    return false;
  }
}

}  // namespace timewait
