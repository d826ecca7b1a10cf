#include "harness/run/start_signal.h"

#include <sys/eventfd.h>

#include <cerrno>

#include "harness/base/error.h"

namespace timewait {

StartSignal::StartSignal() : event_(check(::eventfd(0, EFD_CLOEXEC), "eventfd()")) {}

void StartSignal::give() const { check(::eventfd_write(event_.get(), 1), "eventfd_write()"); }

void StartSignal::wait() const {
  eventfd_t count = 0;
  while (::eventfd_read(event_.get(), &count) < 0)
    if (errno != EINTR) throw_system_error("eventfd_read()");
}

}  // namespace timewait
