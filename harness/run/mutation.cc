#include "harness/run/mutation.h"

#include <algorithm>

#include "harness/run/program_start.h"
#include "harness/scenario/tokens.h"

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

/// True for a line such as "server calls set s both" or "server calls shutdown s write".
bool calls_what_is_ignored(const Step& step, KernelMutation mutation) {
  if (step.verb != Verb::calls && step.verb != Verb::attempts) return false;
  const std::vector<Token> words = tokens_of({.at = {}, .text = step.text});
  const auto has = [&](std::string_view word) {
    return std::ranges::find(words, word, &Token::text) != words.end();
  };
  if (has(ignored_by(mutation))) return true;
  if (mutation == KernelMutation::no_linger) return has("linger");
  const auto set = has("set") ? kOptionSets.find(words.back().text) : std::nullopt;
  return set && includes(*set, mutation);
}

/// The options that the step wants set on sockets.
OptionSet wanted_options(const Step& step) { return step.options.value_or(usual_options(step)); }

}  // namespace

CaughtBy caught_by(const Record& record) {
  if (record.verdict == Verdict::inconclusive) return CaughtBy::precondition;
  if (!record.trouble) return CaughtBy::outcome;
  if (record.trouble->verdict == Verdict::fail) return CaughtBy::call;
  const bool has_other_options = record.trouble->text.find(kHasOtherOptions) != std::string::npos;
  return has_other_options ? CaughtBy::options : CaughtBy::step;
}

bool uses(const Cell& cell, KernelMutation mutation) {
  return std::ranges::any_of(cell.steps, [&](const Step& step) {
    return includes(wanted_options(step), mutation) || calls_what_is_ignored(step, mutation);
  });
}

bool must_turn_red(const Cell& cell, KernelMutation mutation) {
  return std::ranges::any_of(cell.steps, [&](const Step& step) {
    if (step.verb != Verb::runs || !includes(wanted_options(step), mutation)) return false;
    const Role role = find_document_program(step.words.front()).role;
    return role == Role::listens || role == Role::binds;
  });
}

}  // namespace timewait
