#include "harness/report/sentence.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>

#include "harness/net/errno_name.h"
#include "harness/process/exit_state.h"

namespace timewait {
namespace {

std::string with(const Step& step) {
  return step.options ? " with " + spelled(*step.options) : std::string();
}

/// "at 0.0.0.0:12000", "to 127.0.0.1:12000".
std::string where(const Cell& cell, const std::string& actor) {
  const auto& place = cell.actor(actor).place;
  if (!place) return "in the socket table";
  const bool is_local = place->side == ActorPlace::Side::local;
  return fmt::format("{} {}", is_local ? "at" : "to", place->endpoint.text());
}

std::string readiness(const Cell& cell, const std::string& name) {
  switch (cell.actor(name).program.role) {
    case Role::listens:
      return fmt::format("; the script goes on when the kernel shows its listener {}",
                         where(cell, name));
    case Role::connects:
      return fmt::format("; the script goes on when the kernel shows its connection {}",
                         where(cell, name));
    case Role::binds:
      return "; the script goes on when it says that its sockets are there";
    case Role::scripted:
      return ", which makes single calls when told to";
    case Role::foreign:
      return "";
  }
  return "";
}

std::string signal_sentence(const std::string& who, int signal) {
  if (signal == SIGSTOP) return fmt::format("{} is held where it stands (SIGSTOP)", who);
  if (signal == SIGCONT) return fmt::format("{} may go on (SIGCONT)", who);
  if (signal == SIGINT) return fmt::format("{} gets SIGINT, as from Ctrl+C", who);
  if (signal == SIGKILL)
    return fmt::format("{} is killed; the kernel closes what it had open", who);
  return fmt::format("{} gets {}", who, signal_name(signal));
}

/// What makes an attempt that is repeated stop.
std::string repetition(const Step& step) {
  if (step.verb == Verb::rebind_until_bound)
    return fmt::format(", again and again until they work, which must be after {} seconds",
                       step.number);
  if (step.verb == Verb::rebind_for)
    return fmt::format(", again and again for {} seconds", step.number);
  return "";
}

std::string rebind_sentence(const Step& step, const Cell& cell) {
  const std::string place = step.endpoint ? "at " + step.endpoint->text() : where(cell, "server");
  const bool udp = std::ranges::any_of(
      cell.actors, [](const Actor& actor) { return actor.protocol == Protocol::udp; });
  return fmt::format("a new socket{}, {} {}{}",
                     with({.options = step.options.value_or(OptionSet::plain)}),
                     udp ? "bind" : "bind and listen", place, repetition(step));
}

std::string attempt_sentence(const Step& step, const Cell& cell) {
  const std::string& who = step.actor;
  if (is_bare(step.verb)) return rebind_sentence(step, cell);
  if (step.verb == Verb::restarts)
    return fmt::format("{} starts the same program again{}", who, with(step));
  if (step.verb == Verb::executes_itself)
    return fmt::format("the child of {} executes its program again", who);
  const std::string words = fmt::format("{}", fmt::join(step.words, " "));
  if (step.verb == Verb::attempts)
    return fmt::format("{} makes one call, {}; its answer is the outcome", who, words);
  return fmt::format("{} starts {}{}", who, words, with(step));
}

/// "TIME_WAIT for server at 0.0.0.0:12000".
std::string sight(const Step& step, const Cell& cell) {
  return fmt::format("{} for {} {}", step.states.text(), step.actor, where(cell, step.actor));
}

}  // namespace

std::string spelled(OptionSet options) {
  switch (options) {
    case OptionSet::plain:
      return "no option";
    case OptionSet::reuseaddr:
      return "SO_REUSEADDR";
    case OptionSet::reuseport:
      return "SO_REUSEPORT";
    case OptionSet::both:
      return "SO_REUSEADDR and SO_REUSEPORT";
  }
  return "";
}

std::string sentence_of(const Step& step, const Cell& cell) {
  const std::string& who = step.actor;
  switch (step.verb) {
    case Verb::runs:
      return fmt::format("{} starts {}{}{}", who, fmt::join(step.words, " "), with(step),
                         readiness(cell, who));
    case Verb::listens_on:
      return fmt::format("{} is to be looked for at {}", who, step.endpoint->text());
    case Verb::connects_to:
      return fmt::format("{} is to be looked for as a client of {}", who, step.endpoint->text());
    case Verb::types:
      return fmt::format("{} reads the line \"{}\"", who, step.phrase);
    case Verb::ends_input:
      return fmt::format("{} sees the end of its input, as from Ctrl+D", who);
    case Verb::calls:
      return fmt::format("{} makes one call: {}{}", who, fmt::join(step.words, " "),
                         step.error ? ", which must give " + errno_name(*step.error) : "");
    case Verb::accepts:
      return fmt::format("until {} has accepted every connection", who);
    case Verb::has_unread:
      return fmt::format("until {} bytes for {} lie unread in the kernel", step.number, who);
    case Verb::prints:
      return fmt::format("until {} has printed \"{}\"", who, step.phrase);
    case Verb::gets:
      return signal_sentence(who, step.number);
    case Verb::group_gets:
      return signal_sentence(who + " with all its children", step.number);
    case Verb::exits:
      return fmt::format("until {} has ended with status {}", who, step.number);
    case Verb::dies_of:
      return fmt::format("until {} has ended by {}", who, signal_name(step.number));
    case Verb::fails_with:
      return fmt::format("until {} has ended because of {}", who, step.failure.text());
    case Verb::stays:
      return fmt::format("{} keeps what it has open", who);
    case Verb::await:
      return "until the kernel shows " + sight(step, cell);
    case Verb::destroy:
      return fmt::format("once the kernel shows {}, it is told to destroy them, as by ss -K",
                         sight(step, cell));
    case Verb::loopback:
      return step.number == 1 ? "the loopback link comes up, segments arrive again"
                              : "the loopback link goes down, no segment arrives any more";
    case Verb::sysctl:
      return fmt::format("the sandbox sets {} = {}", step.words[0], step.phrase);
    case Verb::unprivileged:
      return "goes on only where programs are not the machine's root; else the cell is skipped";
    case Verb::precondition:
      return fmt::format("the kernel must show exactly {}, or nothing is concluded",
                         sight(step, cell));
    case Verb::rebind:
    case Verb::rebind_until_bound:
    case Verb::rebind_for:
    case Verb::restarts:
    case Verb::tries:
    case Verb::attempts:
    case Verb::executes_itself:
      return "the attempt: " + attempt_sentence(step, cell);
  }
  return "";
}

}  // namespace timewait
