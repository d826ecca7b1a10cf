#pragma once

#include <string_view>

#include "harness/kernel/release.h"

namespace timewait {

/// Where kernels differ in what a program can see. The defaults are those of Linux 6.18.
struct KernelTraits {
  /// A bucket remembers that every binder so far had SO_REUSEADDR, and does not look again (up to
  /// 6.7; gone with commit 8002d44fe84d).
  bool binder_cache = false;
  /// An orphan belongs to its last owner, before it counted as root's (commit c51da3f7a161).
  bool orphans_keep_uid = true;
  /// A port whose binders have all left may be chosen by connect() again (commit d57f4b874946).
  bool bucket_forgets_binders = true;
  /// An option or a call that says 0 and does nothing, "SO_REUSEADDR", "shutdown": of no kernel but
  /// one that is broken on purpose.
  std::string_view ignores = {};
};

/// Those of a kernel, as far as its version tells; what was carried back to an older one it does
/// not.
KernelTraits traits_of(KernelVersion version);

}  // namespace timewait
