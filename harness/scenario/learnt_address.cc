#include "harness/scenario/learnt_address.h"

namespace timewait {
namespace {

/// True when the word stood for it.
bool put(std::string& word, std::string_view name, const Endpoint& address) {
  if (learnt_name_in(word) != name) return false;
  word = with_learnt(word, address);
  return true;
}

void learn_step(Step& step, std::string_view name, const Endpoint& address) {
  put(step.result, name, address);
  bool is_changed = false;
  for (std::string& word : step.words) is_changed |= put(word, name, address);
  if (!is_changed) return;
  if (step.call) step.call = parse_call(step.words);
  if (takes_address(step.verb)) step.endpoint = Endpoint::parse(step.words.front());
}

}  // namespace

std::string_view learnt_name_in(std::string_view word) {
  const auto dollar = word.find('$');
  const bool stands_for_port = dollar != std::string_view::npos && dollar > 0;
  if (dollar == std::string_view::npos || (stands_for_port && word[dollar - 1] != ':')) return {};
  return word.substr(dollar + 1);
}

std::string with_learnt(std::string_view word, const Endpoint& address) {
  if (word.starts_with('$')) return address.text();
  return std::string(word.substr(0, word.find('$'))) + std::to_string(address.port());
}

void learn_address(Cell& cell, std::string_view name, const Endpoint& address) {
  for (Step& step : cell.steps) learn_step(step, name, address);
  for (Actor& actor : cell.actors) {
    if (learnt_name_in(actor.place_word) != name) continue;
    actor.place->endpoint = *Endpoint::parse(with_learnt(actor.place_word, address));
    actor.place_word.clear();
  }
}

}  // namespace timewait
