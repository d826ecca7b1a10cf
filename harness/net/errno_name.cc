#include "harness/net/errno_name.h"

#include <string.h>

namespace timewait {
namespace {

constexpr int kLastErrno = 133;  // EHWPOISON, the highest that Linux defines

}  // namespace

std::string errno_name(int error) {
  const char* name = ::strerrorname_np(error);
  return name != nullptr ? name : "errno " + std::to_string(error);
}

std::optional<int> find_errno(std::string_view name) {
  if (!name.starts_with('E'))
    return std::nullopt;  // all do, and most words that are no errno do not
  for (int error = 1; error <= kLastErrno; ++error) {
    const char* known = ::strerrorname_np(error);
    if (known != nullptr && name == known) return error;
  }
  return std::nullopt;
}

std::optional<int> find_errno_text(std::string_view text) {
  for (int error = 1; error <= kLastErrno; ++error) {
    const char* known = ::strerrordesc_np(error);
    if (known != nullptr && text == known) return error;
  }
  return std::nullopt;
}

}  // namespace timewait
