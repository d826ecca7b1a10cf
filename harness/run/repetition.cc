#include "harness/run/repetition.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

double in_seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// "60", "62.05": at most two decimals.
std::string short_seconds(std::chrono::nanoseconds time) {
  std::string text = fmt::format("{:.2f}", in_seconds(time));
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string span_text(const Repetition& repetition) {
  if (!repetition.at_most) return short_seconds(repetition.at_least) + " s";
  return fmt::format("{} to {} s", short_seconds(repetition.at_least),
                     short_seconds(*repetition.at_most));
}

std::string measured_text(const Repetition& repetition, bool is_bound) {
  if (!is_bound) {
    const auto watched =
        repetition.at_most ? repetition.took : std::min(repetition.took, repetition.at_least);
    return fmt::format("for {} s", short_seconds(watched));
  }
  const std::string after = fmt::format("after {:.2f} s", in_seconds(repetition.took));
  return repetition.at_most ? fmt::format("{} ({})", after, span_text(repetition)) : after;
}

}  // namespace timewait
