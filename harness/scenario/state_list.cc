#include "harness/scenario/state_list.h"

#include <fmt/format.h>

#include <charconv>

namespace timewait {
namespace {

std::optional<int> parse_count(const std::string& word) {
  int count = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (error != std::errc() || end != word.data() + word.size() || count < 1) return std::nullopt;
  return count;
}

std::string without_comma(std::string word) {
  if (word.ends_with(',')) word.pop_back();
  return word;
}

}  // namespace

std::optional<StateList> StateList::parse(const std::vector<std::string>& words,
                                          std::string& wrong) {
  StateList list;
  if (words == std::vector<std::string>{"nothing"}) return list;
  int count = 1;
  bool complete = false;
  bool counted = false;
  for (const std::string& word : words) {
    wrong = without_comma(word);
    const auto number = parse_count(word);
    const auto state = kTcpStates.find(wrong);
    if (number.has_value() == state.has_value()) return std::nullopt;
    if (number && counted) return std::nullopt;
    counted = number.has_value();
    if (state && list.contains(*state)) return std::nullopt;
    if (state) list.add(*state, count);
    count = number.value_or(1);
    complete = state.has_value();
  }
  if (!complete) return std::nullopt;
  return list;
}

std::string StateList::text() const {
  std::string all;
  for (const auto& [state, count] : counts_) {
    if (!all.empty()) all += ", ";
    all += count == 1 ? std::string(kTcpStates.name(state))
                      : fmt::format("{} {}", count, kTcpStates.name(state));
  }
  return all.empty() ? "nothing" : all;
}

}  // namespace timewait
