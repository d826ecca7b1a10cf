#pragma once

#include <charconv>
#include <limits>
#include <optional>
#include <string_view>

namespace timewait {

/// The whole number that `text` is, in decimal digits with a minus where it is negative; nothing
/// when it is none or not between `least` and `most`.
inline std::optional<long long> parse_number(
    std::string_view text, long long least = std::numeric_limits<long long>::min(),
    long long most = std::numeric_limits<long long>::max()) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || number < least || number > most) return std::nullopt;
  return number;
}

}  // namespace timewait
