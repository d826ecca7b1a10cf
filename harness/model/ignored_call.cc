#include "harness/model/ignored_call.h"

namespace timewait {
namespace {

OptionSet option_set(bool reuseaddr, bool reuseport) {
  if (reuseaddr && reuseport) return OptionSet::both;
  if (reuseaddr) return OptionSet::reuseaddr;
  return reuseport ? OptionSet::reuseport : OptionSet::plain;
}

/// The options of a set that are not ignored.
OptionSet what_is_left(OptionSet set, std::string_view ignored) {
  return option_set(has_reuseaddr(set) && ignored != "SO_REUSEADDR",
                    has_reuseport(set) && ignored != "SO_REUSEPORT");
}

}  // namespace

std::optional<Call> without_ignored(const Call& call, std::string_view ignored) {
  if (row_of(call.name).word == ignored) return std::nullopt;
  if (call.name == CallName::linger && ignored == "SO_LINGER") return std::nullopt;
  if (call.name == CallName::setsockopt && call.option.name == ignored) return std::nullopt;
  Call left = call;
  if (call.name == CallName::set) left.options = what_is_left(call.options, ignored);
  return left;
}

}  // namespace timewait
