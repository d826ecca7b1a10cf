#include "harness/base/error.h"

#include <cerrno>
#include <cstring>

#include "harness/base/shortage.h"

namespace timewait {

SystemError::SystemError(const std::string& call, int error)
    : Error(call + ": " + std::strerror(error) + advice_for(error)), error_(error) {}

void throw_system_error(const std::string& call) { throw SystemError(call, errno); }

}  // namespace timewait
