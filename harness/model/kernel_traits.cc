#include "harness/model/kernel_traits.h"

namespace timewait {

KernelTraits traits_of(KernelVersion version) {
  return {.binder_cache = version < KernelVersion{6, 8},
          .orphans_keep_uid = version >= KernelVersion{6, 17},
          .bucket_forgets_binders = version >= KernelVersion{6, 18}};
}

}  // namespace timewait
