#include "harness/scenario/outcome.h"

#include <fmt/format.h>

#include <charconv>

#include "harness/net/errno_name.h"

namespace timewait {
namespace {

std::optional<int> find_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Outcome> Outcome::parse(std::string_view text) {
  if (text == "bound") return bound();
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto call = kSocketCalls.find(text.substr(0, colon));
  if (!call) return std::nullopt;
  const std::string_view answer = text.substr(colon + 1);
  if (const auto error = find_errno(answer)) return failed(*call, *error);
  if (const auto value = find_number(answer)) return returned(*call, *value);
  return std::nullopt;
}

std::string Outcome::text() const {
  if (is_bound()) return "bound";
  return fmt::format("{}:{}", kSocketCalls.name(call),
                     has_failed() ? errno_name(error) : std::to_string(*value));
}

}  // namespace timewait
