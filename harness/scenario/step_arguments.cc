#include "harness/scenario/step_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "harness/base/number.h"
#include "harness/net/errno_name.h"
#include "harness/process/exit_state.h"
#include "harness/scenario/learnt_address.h"

namespace timewait {
namespace {

constexpr int kMostSeconds = 3600;
constexpr int kLargestNumber = 1 << 30;

bool is_name(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// The words that stand for one placeholder, and what they are read into.
struct Argument {
  const ScriptLine& line;
  std::size_t first;
  std::size_t last;
  Step& step;

  const std::string& word() const { return line.tokens[first].text; }
  std::vector<std::string> words() const {
    std::vector<std::string> texts;
    for (std::size_t i = first; i < last; ++i) texts.push_back(line.tokens[i].text);
    return texts;
  }
  std::string text() const { return line.joined(first, last); }
  [[noreturn]] void fail(const std::string& message) const { line.fail(first, message); }
};

void read_actor(const Argument& argument) {
  if (!is_name(argument.word()))
    argument.fail(
        fmt::format("\"{}\" is no actor's name: small letters, digits, - and _", argument.word()));
  argument.step.actor = argument.word();
}

void read_words(const Argument& argument) { argument.step.words = argument.words(); }

/// A call is parsed with 0.0.0.0:0 or the like where it has an address that is not known yet.
void read_call(const Argument& argument) {
  argument.step.words = argument.words();
  std::vector<std::string> words = argument.step.words;
  for (std::string& word : words)
    if (!learnt_name_in(word).empty()) word = with_learnt(word, Endpoint());
  try {
    argument.step.call = parse_call(words);
  } catch (const CallError& error) {
    const bool is_there = error.word() < words.size();
    const std::string& written = argument.step.words[std::min(error.word(), words.size() - 1)];
    const bool is_learnt = is_there && written != words[error.word()];
    argument.line.fail(is_there ? argument.first + error.word() : argument.last,
                       is_learnt ? fmt::format("\"{}\" is no address that can stand here", written)
                                 : error.what());
  }
}

/// `as NAME` gives an address a name; a sysctl, a device and a counter have theirs.
void read_name(const Argument& argument) {
  if (argument.step.verb == Verb::learns && !is_name(argument.word()))
    argument.fail(fmt::format("\"{}\" is no name for an address: small letters, digits, - and _",
                              argument.word()));
  argument.step.name = argument.word();
}

void read_phrase(const Argument& argument) { argument.step.phrase = argument.text(); }

void read_options(const Argument& argument) {
  argument.step.options = kOptionSets.find(argument.word());
  if (!argument.step.options)
    argument.fail(
        fmt::format("\"{}\" is no option set; there are {}", argument.word(), kOptionSets.names()));
}

/// True for "$NAME" and for an address with $NAME in place of its port.
bool is_learnt_address(const std::string& word) {
  return !learnt_name_in(word).empty() && Endpoint::parse(with_learnt(word, Endpoint()));
}

void read_address(const Argument& argument) {
  const std::string& word = argument.word();
  if (is_learnt_address(word)) return read_words(argument);
  argument.step.endpoint = Endpoint::parse(word);
  if (!argument.step.endpoint)
    argument.fail(fmt::format("\"{}\" is no address; write 127.0.0.1:12000 or [::1]:12000", word));
}

Endpoint ip_of(const Argument& argument) {
  const std::string& word = argument.word();
  const auto address =
      Endpoint::parse((word.find(':') == std::string::npos ? word : "[" + word + "]") + ":0");
  if (!address) argument.fail(fmt::format("\"{}\" is no address; write 10.9.0.1 or fd09::1", word));
  if (argument.step.verb == Verb::route && address->family() != AF_INET)
    argument.fail(
        fmt::format("\"{}\" is no IPv4 address, and the kernel has no other routers on "
                    "the loopback",
                    word));
  return *address;
}

void read_ip(const Argument& argument) { argument.step.endpoint = ip_of(argument); }

void read_gateway(const Argument& argument) { argument.step.gateway = ip_of(argument); }

void read_signal(const Argument& argument) {
  argument.step.number = find_signal(argument.word());
  if (argument.step.number == 0)
    argument.fail(fmt::format("\"{}\" is no signal; write SIGKILL", argument.word()));
}

void read_result(const Argument& argument) {
  const std::string& word = argument.word();
  const auto address = Endpoint::parse(word);
  argument.step.result = address ? address->text() : word;
  if (!address && !find_errno(word) && !parse_number(word) && !is_learnt_address(word))
    argument.fail(fmt::format(
        "\"{}\" is nothing that a call gives; write EADDRINUSE, 40 or 127.0.0.1:12000", word));
}

void read_failure(const Argument& argument) {
  const auto failure = Outcome::parse(argument.word());
  if (!failure || !failure->has_failed())
    argument.fail(fmt::format("\"{}\" is no failed call; write bind:EADDRINUSE", argument.word()));
  argument.step.failure = *failure;
}

void read_seconds(const Argument& argument) {
  const auto seconds = parse_number(argument.word(), 1, kMostSeconds);
  if (!seconds)
    argument.fail(fmt::format("\"{}\" is no whole number of seconds from 1 to {}", argument.word(),
                              kMostSeconds));
  argument.step.number = static_cast<int>(*seconds);
}

void read_link(const Argument& argument) {
  const std::string& word = argument.word();
  if (word != "up" && word != "down")
    argument.fail(fmt::format("the loopback goes up or down, not \"{}\"", word));
  argument.step.number = word == "up" ? 1 : 0;
}

void read_number(const Argument& argument) {
  const auto number = parse_number(argument.word(), 0, kLargestNumber);
  if (!number) argument.fail(fmt::format("\"{}\" is no number", argument.word()));
  argument.step.number = static_cast<int>(*number);
}

void read_states(const Argument& argument) {
  const std::vector<std::string> words = argument.words();
  std::string wrong;
  const auto states = StateList::parse(words, wrong);
  const auto is_wrong = [&](const std::string& word) {
    return word == wrong || word == wrong + ",";
  };
  if (!states)
    argument.line.fail(
        argument.first +
            static_cast<std::size_t>(std::ranges::find_if(words, is_wrong) - words.begin()),
        fmt::format("\"{}\" does not fit a list of states such as \"LISTEN, 2 TIME_WAIT\" "
                    "or \"nothing\"; the states are {}",
                    wrong, kTcpStates.names()));
  argument.step.states = *states;
}

struct PlaceholderRow {
  std::string_view placeholder;
  void (*read)(const Argument& argument);
};

constexpr PlaceholderRow kPlaceholders[] = {
    {"ACTOR", read_actor},      {"PROGRAM...", read_words},
    {"CALL...", read_call},     {"NAME", read_name},
    {"TEXT...", read_phrase},   {"VALUE...", read_phrase},
    {"STATES...", read_states}, {"OPTIONS", read_options},
    {"ADDRESS", read_address},  {"IP", read_ip},
    {"GATEWAY", read_gateway},  {"SIGNAL", read_signal},
    {"RESULT", read_result},    {"CALL:ERRNO", read_failure},
    {"SECONDS", read_seconds},  {"LINK", read_link},
    {"BYTES", read_number},     {"STATUS", read_number},
    {"N", read_number},
};

}  // namespace

void read_argument(std::string_view placeholder, const ScriptLine& line, std::size_t first,
                   std::size_t last, Step& step) {
  std::ranges::find(kPlaceholders, placeholder, &PlaceholderRow::placeholder)
      ->read({.line = line, .first = first, .last = last, .step = step});
}

}  // namespace timewait
