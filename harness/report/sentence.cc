#include "harness/report/sentence.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>

#include "harness/process/exit_state.h"

namespace timewait {
namespace {

std::string with(const Step& step) {
  return step.options ? " with " + spelled(*step.options) : std::string();
}

bool has_address(const Step& step) { return step.endpoint || !step.words.empty(); }

/// The ADDRESS of a step, as it is written while it is to be learnt.
std::string address(const Step& step) {
  return step.endpoint ? step.endpoint->text() : step.words.front();
}

/// What a call must give, " which must give EADDRINUSE".
std::string demand(const Step& step) {
  return step.result.empty() ? std::string() : ", which must give " + step.result;
}

/// "at 0.0.0.0:12000", "to 127.0.0.1:12000".
std::string where(const Cell& cell, const std::string& actor) {
  const auto& place = cell.actor(actor).place;
  if (!place) return "in the socket table";
  const bool is_local = place->side == ActorPlace::Side::local;
  const std::string& word = cell.actor(actor).place_word;
  return fmt::format("{} {}", is_local ? "at" : "to", word.empty() ? place->endpoint.text() : word);
}

/// "2 TIME_WAIT for server at 0.0.0.0:12000".
std::string states(const Step& step, const Cell& cell) {
  return fmt::format("{} for {} {}", step.states.text(), step.actor, where(cell, step.actor));
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
  const std::string place = has_address(step) ? "at " + address(step) : where(cell, "server");
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

std::string call_sentence(const Step& step) {
  const std::string words = fmt::format("{}", fmt::join(step.words, " "));
  if (step.verb == Verb::calls_until)
    return fmt::format("{} makes the call {} again and again until it gives {}", step.actor, words,
                       step.result);
  const std::string what = step.verb == Verb::learns
                               ? fmt::format("; its address is called {} from here on", step.name)
                               : demand(step);
  return fmt::format("{} makes one call: {}{}", step.actor, words, what);
}

/// What a step waits for.
std::string awaited(const Step& step, const Cell& cell) {
  const std::string& who = step.actor;
  if (step.verb == Verb::accepts) return who + " has accepted every connection";
  if (step.verb == Verb::has_unread)
    return fmt::format("{} bytes for {} lie unread in the kernel", step.number, who);
  if (step.verb == Verb::timer_left)
    return fmt::format("the timer of the mini-socket of {} has {} seconds left", who, step.number);
  if (step.verb == Verb::prints) return fmt::format("{} has printed \"{}\"", who, step.phrase);
  if (step.verb == Verb::exits) return fmt::format("{} has ended with status {}", who, step.number);
  if (step.verb == Verb::dies_of)
    return fmt::format("{} has ended by {}", who, signal_name(step.number));
  if (step.verb == Verb::fails_with)
    return fmt::format("{} has ended because of {}", who, step.failure.text());
  if (step.verb == Verb::counter)
    return fmt::format("the kernel has counted {} of {}", step.number, step.name);
  return fmt::format("the kernel shows {}", states(step, cell));
}

/// What is done to the sandbox and its network, by none of the actors.
std::string sandbox_sentence(const Step& step) {
  if (step.verb == Verb::loopback)
    return step.number == 1 ? "the loopback link comes up, segments arrive again"
                            : "the loopback link goes down, no segment arrives any more";
  if (step.verb == Verb::forge_reset)
    return fmt::format("a forged reset with the right sequence number comes to the TIME_WAIT of {}",
                       step.actor);
  if (step.verb == Verb::replay_fin)
    return fmt::format("the last FIN of the other end comes to the TIME_WAIT of {} once more",
                       step.actor);
  if (step.verb == Verb::sysctl)
    return fmt::format("the sandbox sets {} = {}", step.name, step.phrase);
  if (step.verb == Verb::device)
    return fmt::format("the sandbox gets a network device {} with the address {}", step.name,
                       step.endpoint->host());
  if (step.verb == Verb::route)
    return fmt::format("the sandbox sends what is for {} to the router {}, which is not there",
                       step.endpoint->host(), step.gateway->host());
  return "goes on only where programs are not the machine's root; else the cell is skipped";
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
      return fmt::format("{} is to be looked for at {}", who, address(step));
    case Verb::connects_to:
      return fmt::format("{} is to be looked for as a client of {}", who, address(step));
    case Verb::types:
      return fmt::format("{} reads the line \"{}\"", who, step.phrase);
    case Verb::ends_input:
      return fmt::format("{} sees the end of its input, as from Ctrl+D", who);
    case Verb::calls:
    case Verb::learns:
    case Verb::calls_until:
      return call_sentence(step);
    case Verb::accepts:
    case Verb::has_unread:
    case Verb::timer_left:
    case Verb::prints:
    case Verb::exits:
    case Verb::dies_of:
    case Verb::fails_with:
    case Verb::await:
    case Verb::counter:
      return "until " + awaited(step, cell);
    case Verb::gets:
      return signal_sentence(who, step.number);
    case Verb::group_gets:
      return signal_sentence(who + " with all its children", step.number);
    case Verb::stays:
      return fmt::format("{} keeps what it has open", who);
    case Verb::destroy:
      return fmt::format("once the kernel shows {}, it is told to destroy them, as by ss -K",
                         states(step, cell));
    case Verb::loopback:
    case Verb::forge_reset:
    case Verb::replay_fin:
    case Verb::sysctl:
    case Verb::device:
    case Verb::route:
    case Verb::unprivileged:
      return sandbox_sentence(step);
    case Verb::precondition:
      return fmt::format("the kernel must show exactly {}, or nothing is concluded",
                         states(step, cell));
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
