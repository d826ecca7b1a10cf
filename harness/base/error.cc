#include "harness/base/error.h"

#include <cerrno>
#include <cstring>

#include "harness/base/shortage.h"

namespace timewait {

SystemError::SystemError(const std::string& call, int error)
    : SystemError(call, error, advice_for(error)) {}

SystemError::SystemError(const std::string& call, int error, const std::string& advice)
    : Error(call + ": " + std::strerror(error) + advice), error_(error) {}

void throw_system_error(const std::string& call) { throw SystemError(call, errno); }

}  // namespace timewait
