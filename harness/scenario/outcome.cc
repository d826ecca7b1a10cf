#include "harness/scenario/outcome.h"

#include <fmt/format.h>

#include "harness/net/errno_name.h"

namespace timewait {

std::optional<Outcome> Outcome::parse(std::string_view text) {
  if (text == "bound") return bound();
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto call = kSocketCalls.find(text.substr(0, colon));
  const auto error = find_errno(text.substr(colon + 1));
  if (!call || !error) return std::nullopt;
  return failed(*call, *error);
}

std::string Outcome::text() const {
  if (is_bound()) return "bound";
  return fmt::format("{}:{}", kSocketCalls.name(call), errno_name(error));
}

}  // namespace timewait
