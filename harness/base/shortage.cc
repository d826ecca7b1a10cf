#include "harness/base/shortage.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <new>
#include <system_error>

namespace timewait {
namespace {

constexpr const char* kMoreMemory =
    " (there is no memory left: see `ulimit -v`, and what the machine or the control group has)";

/// The limit of this process; "any number of" where it has none.
std::string limit_text(__rlimit_resource resource) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY) return "any number of";
  return std::to_string(limit.rlim_cur);
}

}  // namespace

bool is_shortage(int error) {
  constexpr int kShortages[] = {EMFILE, ENFILE, ENOMEM, ENOBUFS};
  return std::ranges::find(kShortages, error) != std::end(kShortages);
}

std::string advice_for(int error) {
  switch (error) {
    case EMFILE:
      return " (this process may have " + limit_text(RLIMIT_NOFILE) +
             " files open; raise `ulimit -n`)";
    case ENFILE:
      return " (the machine has no more open files: see fs.file-max)";
    case EAGAIN:
      return " (there may be no more processes: you may have " + limit_text(RLIMIT_NPROC) +
             " by `ulimit -u`; see also pids.max of the control group)";
    case ENOMEM:
    case ENOBUFS:
      return kMoreMemory;
    case ENOSPC:
    case EDQUOT:
      return " (make room, or name another place)";
    case EFBIG:
      return " (files may have " + limit_text(RLIMIT_FSIZE) + " bytes; raise `ulimit -f`)";
    default:
      return "";
  }
}

std::string reason_of(const std::exception& exception) {
  if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr)
    return std::string("out of memory") + kMoreMemory;
  const auto* of_system = dynamic_cast<const std::system_error*>(&exception);
  const int error = of_system != nullptr ? of_system->code().value() : 0;
  return exception.what() + advice_for(error);
}

}  // namespace timewait
