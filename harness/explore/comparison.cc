#include "harness/explore/comparison.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <thread>

namespace timewait {
namespace {

std::optional<Disagreement> compare(Subject subject, std::size_t calls,
                                    const std::vector<std::string>& kernel,
                                    const std::vector<std::string>& model) {
  if (kernel == model) return std::nullopt;
  const auto text = [](const std::vector<std::string>& words) {
    return words.empty() ? "nothing" : fmt::format("{}", fmt::join(words, ", "));
  };
  return Disagreement{
      .subject = subject, .at = calls, .kernel = text(kernel), .model = text(model)};
}

/// What the kernel answers. A call that was not to wait is made again: under load the kernel may
/// leave a segment of the loopback to another of its threads, for as long as that takes.
std::string answer_of(PlayedScript& played, const Call& call, const std::string& expected) {
  constexpr int kTries = 10;
  constexpr std::chrono::milliseconds kPause(1);
  std::string answer = comparable_text(call, played.make(call));
  const int tries = is_tried_only(call.name) ? kTries : 1;
  for (int i = 0; i < tries && answer == kWaits && expected != kWaits; ++i) {
    if (is_tried_only(call.name)) std::this_thread::sleep_for(kPause);
    answer = comparable_text(call, played.make(call));
  }
  return answer;
}

}  // namespace

std::optional<Disagreement> compare_calls(const ModelledScript& modelled, PlayedScript& played) {
  for (std::size_t at = 0; at < modelled.script.size(); ++at) {
    const Call& call = modelled.script[at];
    std::string kernel = answer_of(played, call, modelled.answers[at]);
    if (kernel != modelled.answers[at])
      return Disagreement{.at = at, .kernel = std::move(kernel), .model = modelled.answers[at]};
  }
  return compare(Subject::open, modelled.script.size(), played.open_states(), modelled.open);
}

std::optional<Disagreement> compare_leftovers(const ModelledScript& modelled,
                                              const std::vector<std::string>& left) {
  return compare(Subject::leftovers, modelled.script.size(), left, modelled.left);
}

}  // namespace timewait
