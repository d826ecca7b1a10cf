#include "harness/scenario/script_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

using Side = ActorPlace::Side;

/// The argument that follows `flag`, "--at" for example.
std::optional<Endpoint> address_argument(const std::vector<std::string>& words,
                                         std::string_view flag) {
  const auto at = std::ranges::find(words, flag);
  if (at == words.end() || at + 1 == words.end()) return std::nullopt;
  return Endpoint::parse(*(at + 1));
}

std::optional<ActorPlace> place_of_program(const DocumentProgram& program,
                                           const std::vector<std::string>& words) {
  if (program.role == Role::foreign || program.role == Role::scripted) return std::nullopt;
  const Side side = program.role == Role::connects ? Side::remote : Side::local;
  auto address = address_argument(words, side == Side::remote ? "--to" : "--at");
  if (!address) address = Endpoint::parse(program.address);
  return ActorPlace{
      .side = side, .endpoint = *address, .protocol = program.udp ? Protocol::udp : Protocol::tcp};
}

/// A peer's place: what it binds to first, or else what it connects to.
void learn_place_of_peer(const Step& step, Actor& actor) {
  if (step.words.size() < 3) return;
  if (step.words[0] == "socket" && step.words[2].starts_with("udp")) actor.protocol = Protocol::udp;
  const auto address = Endpoint::parse(step.words[2]);
  if (!address || actor.place) return;
  if (step.words[0] == "bind") actor.place = ActorPlace{Side::local, *address, actor.protocol};
  if (step.words[0] == "connect") actor.place = ActorPlace{Side::remote, *address, actor.protocol};
}

bool needs_precondition(const Step& attempt) {
  if (attempt.verb != Verb::attempts) return true;
  const auto call = kSocketCalls.find(attempt.words.front());
  return !call || !leaves_ports_alone(*call);
}

class ScriptCheck {
 public:
  ScriptCheck(const SourceText& source, Position script, const std::vector<Step>& steps)
      : source_(source), script_(script), steps_(steps) {}

  std::vector<Actor> check() {
    // A precondition may name the actor that only the attempt introduces.
    for (const Step& step : steps_)
      if (step.verb != Verb::precondition) check_actor(step);
    check_attempt();
    for (const Step& step : steps_)
      if (step.verb == Verb::precondition) check_actor(step);
    for (const Step& step : steps_) check_places(step);
    return std::move(actors_);
  }

 private:
  [[noreturn]] void fail(const Step& step, const std::string& message) const {
    throw ScenarioError(source_, step.at, message);
  }

  Actor* find(const std::string& name) {
    const auto actor = std::ranges::find(actors_, name, &Actor::name);
    return actor == actors_.end() ? nullptr : &*actor;
  }

  void check_actor(const Step& step) {
    if (step.actor.empty()) return;
    if (step.verb == Verb::runs || step.verb == Verb::tries) return introduce(step);
    Actor* actor = find(step.actor);
    if (actor == nullptr)
      fail(step, fmt::format("no actor \"{0}\" is there yet; a line \"{0} runs PROGRAM\" must come "
                             "first",
                             step.actor));
    const bool binds = actor->program.role == Role::listens || actor->program.role == Role::binds;
    if (step.verb == Verb::restarts && !binds)
      fail(step, fmt::format("what \"{}\" runs does not bind, so it cannot be tried", step.actor));
    if (step.verb == Verb::executes_itself && actor->program.role != Role::listens)
      fail(step,
           fmt::format("what \"{}\" runs does not listen, so it cannot be tried", step.actor));
    if (step.verb == Verb::calls || step.verb == Verb::attempts) {
      if (actor->program.role != Role::scripted)
        fail(step, fmt::format("only the program peer makes single calls, and \"{}\" is another",
                               step.actor));
      if (step.words.front() == "exit")
        fail(step, fmt::format("a peer ends when its input does: {} ends its input", step.actor));
      if (step.verb == Verb::attempts && !kSocketCalls.find(step.words.front()))
        fail(step, fmt::format("\"{}\" is no socket call, so its answer is no outcome",
                               step.words.front()));
      learn_place_of_peer(step, *actor);
    }
    if (step.verb == Verb::listens_on)
      actor->place = ActorPlace{.side = Side::local, .endpoint = *step.endpoint};
    if (step.verb == Verb::connects_to)
      actor->place = ActorPlace{.side = Side::remote, .endpoint = *step.endpoint};
  }

  void introduce(const Step& step) {
    const DocumentProgram program = find_document_program(step.words.front());
    if (step.options && (program.role == Role::foreign || program.role == Role::scripted))
      fail(step, fmt::format("{} takes no option set", program.name));
    if (step.verb == Verb::tries && program.role != Role::listens && program.role != Role::binds)
      fail(step, fmt::format("{} does not bind, so it cannot be tried", program.name));
    const auto place = place_of_program(program, step.words);
    if (const Actor* actor = find(step.actor)) {
      const bool is_same = actor->program.name == program.name && (!place || actor->place == place);
      if (!is_same)
        fail(step, fmt::format("\"{}\" is already something else; another program or address needs "
                               "an actor with another name",
                               step.actor));
      return;
    }
    actors_.push_back({.name = step.actor,
                       .program = program,
                       .protocol = program.udp ? Protocol::udp : Protocol::tcp,
                       .place = place});
  }

  void check_attempt() const {
    if (steps_.empty() || !is_attempt(steps_.back().verb))
      throw ScenarioError(source_, steps_.empty() ? script_ : steps_.back().at,
                          "the last step must be the attempt: rebind, restarts, tries, attempts or "
                          "executes itself");
    const std::size_t last = steps_.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
      const Verb next = steps_[i + 1].verb;
      if (is_attempt(steps_[i].verb)) fail(steps_[i], "there can be one attempt only, at the end");
      if (steps_[i].verb == Verb::precondition && next != Verb::precondition && !is_attempt(next))
        fail(steps_[i], "a precondition stands just before the attempt");
    }
    const bool has_precondition = last > 0 && steps_[last - 1].verb == Verb::precondition;
    if (!has_precondition && needs_precondition(steps_[last]))
      fail(steps_[last], "a precondition must stand before the attempt; \"nothing\" is one, too");
  }

  void check_places(const Step& step) {
    const bool looks = step.verb == Verb::await || step.verb == Verb::destroy ||
                       step.verb == Verb::precondition || step.verb == Verb::accepts ||
                       step.verb == Verb::has_unread;
    if (looks && !find(step.actor)->place)
      fail(step,
           fmt::format("nothing tells where \"{0}\" is in the socket table; say \"{0} listens on "
                       "ADDRESS\" or \"{0} connects to ADDRESS\"",
                       step.actor));
    if (!is_bare(step.verb) || step.endpoint) return;
    const Actor* server = find("server");
    if (server == nullptr || !server->place || server->place->side != Side::local)
      fail(step, fmt::format("there is no actor \"server\" whose address could be bound again{}",
                             is_repeated(step.verb) ? "" : "; say rebind ADDRESS"));
  }

  const SourceText& source_;
  Position script_;
  const std::vector<Step>& steps_;
  std::vector<Actor> actors_;
};

}  // namespace

std::vector<Actor> check_script(const SourceText& source, Position script,
                                const std::vector<Step>& steps) {
  return ScriptCheck(source, script, steps).check();
}

}  // namespace timewait
