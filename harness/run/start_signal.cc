#include "harness/run/start_signal.h"

#include <sys/eventfd.h>

#include <cerrno>

#include "harness/base/error.h"

namespace timewait {

StartSignal::StartSignal()
    : given_(check(::eventfd(0, EFD_CLOEXEC), "eventfd()")),
      awaited_(check(::eventfd(0, EFD_CLOEXEC), "eventfd()")) {}

void StartSignal::give() const { check(::eventfd_write(given_.get(), 1), "eventfd_write()"); }

void StartSignal::wait() const {
  check(::eventfd_write(awaited_.get(), 1), "eventfd_write()");
  eventfd_t count = 0;
  while (::eventfd_read(given_.get(), &count) < 0)
    if (errno != EINTR) throw_system_error("eventfd_read()");
}

}  // namespace timewait
