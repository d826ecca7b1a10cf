#include "harness/run/mutation.h"

#include <algorithm>

#include "harness/model/prediction.h"
#include "harness/run/program_start.h"

namespace timewait {
namespace {

bool includes(OptionSet set, KernelMutation mutation) {
  if (mutation == KernelMutation::no_reuseaddr) return has_reuseaddr(set);
  return mutation == KernelMutation::no_reuseport && has_reuseport(set);
}

/// The options that the program of a step sets when the step names none.
OptionSet usual_options(const Step& step) {
  const bool starts = step.verb == Verb::runs || step.verb == Verb::tries;
  return starts ? find_document_program(step.words.front()).options : OptionSet::plain;
}

/// The options that the step wants set on sockets.
OptionSet wanted_options(const Step& step) { return step.options.value_or(usual_options(step)); }

/// True when a program runs that is told to set the ignored option. Its sockets are asked for it.
bool is_told_to_set(const Cell& cell, KernelMutation mutation) {
  return std::ranges::any_of(cell.steps, [&](const Step& step) {
    if (step.verb != Verb::runs || !includes(wanted_options(step), mutation)) return false;
    const Role role = find_document_program(step.words.front()).role;
    return role == Role::listens || role == Role::binds;
  });
}

/// The same of the program that makes the attempt; it is asked when it does not end at once.
bool attempt_is_told_to_set(const Cell& cell, KernelMutation mutation) {
  const Step& attempt = cell.steps.back();
  if (attempt.verb == Verb::tries) return includes(wanted_options(attempt), mutation);
  if (attempt.verb != Verb::restarts) return false;
  const auto runs = [&](const Step& step) {
    return step.verb == Verb::runs && step.actor == attempt.actor;
  };
  const auto last = std::find_if(cell.steps.rbegin(), cell.steps.rend(), runs);
  return last != cell.steps.rend() &&
         includes(attempt.options.value_or(wanted_options(*last)), mutation);
}

}  // namespace

CaughtBy caught_by(const Record& record) {
  if (record.verdict == Verdict::inconclusive) return CaughtBy::precondition;
  if (!record.trouble) return CaughtBy::outcome;
  if (record.trouble->verdict == Verdict::fail) return CaughtBy::call;
  const bool has_other_options = record.trouble->text.find(kHasOtherOptions) != std::string::npos;
  return has_other_options ? CaughtBy::options : CaughtBy::step;
}

MutationEffect effect_of(KernelMutation mutation, const Cell& cell, KernelTraits traits,
                         bool sees_options) {
  const Prediction whole = predict(cell, {.traits = traits});
  traits.ignores = ignored_by(mutation);
  const Prediction broken = predict(cell, {.traits = traits});
  const bool is_bound = broken.outcome && broken.outcome->is_bound();
  const bool told =
      is_told_to_set(cell, mutation) || (is_bound && attempt_is_told_to_set(cell, mutation));
  const bool comes_to_else = broken.outcome != whole.outcome || broken.trouble != whole.trouble;
  return {.may_show = told || comes_to_else || broken.sockets != whole.sockets,
          .must_show = (told && sees_options) || comes_to_else};
}

}  // namespace timewait
