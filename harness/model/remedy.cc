#include "harness/model/remedy.h"

#include <fmt/format.h>

#include <array>

namespace timewait {
namespace {

constexpr std::array kRemedies{OptionSet::reuseaddr, OptionSet::reuseport};

std::string_view option_name(OptionSet set) {
  return set == OptionSet::reuseaddr ? "SO_REUSEADDR" : "SO_REUSEPORT";
}

bool takes_options(const Step& step) {
  return is_bare(step.verb) || step.verb == Verb::restarts || step.verb == Verb::tries;
}

/// The same cell with these options on the socket of the attempt.
Cell with_options_at_last(Cell cell, OptionSet set) {
  cell.steps.back().options = set;
  return cell;
}

bool is_call(const Step& step, CallName name) { return step.call && step.call->name == name; }

/// The same cell with these options on every socket from its beginning on.
Cell with_options_everywhere(const Cell& cell, OptionSet set) {
  Cell changed = with_options_at_last(cell, set);
  changed.steps.clear();
  for (Step step : cell.steps) {
    if (is_call(step, CallName::set)) continue;
    const bool makes_socket = is_call(step, CallName::socket);
    if (step.verb == Verb::runs || step.verb == Verb::tries) step.options = set;
    changed.steps.push_back(step);
    if (!makes_socket) continue;
    step.call = Call{.name = CallName::set, .socket = step.call->socket, .options = set};
    changed.steps.push_back(step);
  }
  changed.steps.back().options = set;
  return changed;
}

/// Nothing where the other options lead the script another way.
std::optional<bool> is_bound(const Cell& cell, const KernelTraits& traits) {
  const Prediction prediction = predict(cell, {.traits = traits});
  if (!prediction.outcome) return std::nullopt;
  return prediction.outcome->is_bound();
}

/// A program that binds two sockets sets the options on both.
bool makes_both_sockets(const Step& attempt) {
  return attempt.verb == Verb::tries &&
         find_document_program(attempt.words.front()).role == Role::binds;
}

std::string wait_for(const ModelEntry& entry) {
  if (!entry.left) return {};
  return fmt::format(", or without any option in {} s, when the entry is gone",
                     std::chrono::ceil<std::chrono::seconds>(*entry.left).count());
}

}  // namespace

std::string remedy_for(const Cell& cell, const Conflict& conflict, const KernelTraits& traits) {
  if (!takes_options(cell.steps.back()) || is_repeated(cell.steps.back().verb)) return {};
  const std::string later = wait_for(conflict.entry);
  bool is_known = true;
  for (const OptionSet set : kRemedies) {
    if (makes_both_sockets(cell.steps.back())) break;
    const auto bound = is_bound(with_options_at_last(cell, set), traits);
    is_known = is_known && bound;
    if (bound && *bound)
      return fmt::format("With {} on the new socket as well it would be bound{}.", option_name(set),
                         later);
  }
  for (const OptionSet set : kRemedies) {
    const auto bound = is_bound(with_options_everywhere(cell, set), traits);
    is_known = is_known && bound;
    if (bound && *bound)
      return fmt::format("With {} on both from the beginning it would be bound{}.",
                         option_name(set), later);
  }
  if (!is_known) return {};
  if (!later.empty()) return fmt::format("It would be bound {}.", later.substr(5));
  return "No option would help as long as it is there.";
}

}  // namespace timewait
