#include "harness/model/remedy.h"

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
Cell with_options_at_last(const Cell& cell, OptionSet set) {
  Cell changed = cell;
  changed.steps.back().options = set;
  return changed;
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

/// How many seconds it is until the entry is gone by itself; nothing where it stays.
std::optional<std::string> wait_for(const ModelEntry& entry) {
  if (!entry.left) return std::nullopt;
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(*entry.left).count());
}

/// Plays a cell with other options, and tells whether the model came to the end of each.
class Trials {
 public:
  Trials(const Cell& cell, const KernelTraits& traits) : cell_(cell), traits_(traits) {}

  /// The first option with which the attempt is bound once `change` has set it.
  std::optional<OptionSet> first_to_help(Cell (*change)(const Cell&, OptionSet)) {
    for (const OptionSet set : kRemedies) {
      const auto bound = is_bound(change(cell_, set), traits_);
      is_known_ = is_known_ && bound;
      if (bound && *bound) return set;
    }
    return std::nullopt;
  }

  bool is_known() const { return is_known_; }

 private:
  const Cell& cell_;
  const KernelTraits& traits_;
  bool is_known_ = true;
};

/// `now`, or `or_later` where the entry goes by itself.
Saying bound_with(OptionSet set, const ModelEntry& entry, Phrase now, Phrase or_later) {
  const std::string name(option_name(set));
  const auto later = wait_for(entry);
  if (later) return {.phrase = or_later, .arguments = {name, *later}};
  return {.phrase = now, .arguments = {name}};
}

}  // namespace

std::optional<Saying> remedy_for(const Cell& cell, const Conflict& conflict,
                                 const KernelTraits& traits) {
  const Step& attempt = cell.steps.back();
  if (!takes_options(attempt) || is_repeated(attempt.verb)) return std::nullopt;
  Trials trials(cell, traits);
  if (!makes_both_sockets(attempt))
    if (const auto set = trials.first_to_help(with_options_at_last))
      return bound_with(*set, conflict.entry, Phrase::bound_with_new,
                        Phrase::bound_with_new_or_later);
  if (const auto set = trials.first_to_help(with_options_everywhere))
    return bound_with(*set, conflict.entry, Phrase::bound_with_both,
                      Phrase::bound_with_both_or_later);
  if (!trials.is_known()) return std::nullopt;
  if (const auto later = wait_for(conflict.entry))
    return Saying{.phrase = Phrase::bound_later, .arguments = {*later}};
  return Saying{.phrase = Phrase::no_option_helps};
}

}  // namespace timewait
