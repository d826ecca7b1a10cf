#pragma once

#include <stdexcept>
#include <string>

namespace timewait {

/// The harness cannot go on. What the kernel or a fixture did is never an Error: that is data.
/// The text names the thing, the place and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A call that had to succeed and did not. The text is "call(arguments): reason".
class SystemError : public Error {
 public:
  SystemError(const std::string& call, int error);

  /// `advice` is what to do where the error is of another thing than it usually is: " (...)".
  SystemError(const std::string& call, int error, const std::string& advice);

  int error() const { return error_; }

 private:
  int error_;
};

/// What a user gave cannot be used: an argument, a file, a folder. The program ends with 2.
class BadInput : public Error {
 public:
  using Error::Error;
};

/// What cannot be done on this machine, as opposed to what went wrong: the cell is skipped.
class CannotRunHere : public Error {
 public:
  using Error::Error;
};

/// Returns `result` of a system call unless it is negative; then throws SystemError with errno.
/// `call` is the call with its arguments, for example `"open(/proc/self/uid_map)"`.
template <typename Result>
Result check(Result result, const char* call);
template <typename Result>
Result check(Result result, const std::string& call);

[[noreturn]] void throw_system_error(const std::string& call);

template <typename Result>
Result check(Result result, const char* call) {
  if (result < 0) throw_system_error(call);
  return result;
}

template <typename Result>
Result check(Result result, const std::string& call) {
  if (result < 0) throw_system_error(call);
  return result;
}

}  // namespace timewait
