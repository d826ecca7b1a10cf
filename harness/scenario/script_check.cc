#include "harness/scenario/script_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/net/errno_name.h"
#include "harness/scenario/learnt_address.h"
#include "harness/scenario/script_names.h"

namespace timewait {
namespace {

using Side = ActorPlace::Side;

/// The argument that follows `flag`, "--at" for example; empty when there is none.
std::string argument_of(const std::vector<std::string>& words, std::string_view flag) {
  const auto at = std::ranges::find(words, flag);
  return at == words.end() || at + 1 == words.end() ? std::string() : *(at + 1);
}

/// Puts an actor where `word` says, also when that address is to be learnt.
void put_at(Actor& actor, Side side, const std::string& word) {
  const bool is_learnt = !learnt_name_in(word).empty();
  const auto address = Endpoint::parse(is_learnt ? with_learnt(word, Endpoint()) : word);
  if (!address) return;
  actor.place = ActorPlace{.side = side, .endpoint = *address, .protocol = actor.protocol};
  actor.place_word = is_learnt ? word : "";
}

void put_where_program_is(Actor& actor, const std::vector<std::string>& words) {
  const DocumentProgram& program = actor.program;
  if (program.role == Role::foreign || program.role == Role::scripted) return;
  const Side side = program.role == Role::connects ? Side::remote : Side::local;
  put_at(actor, side, std::string(program.address));
  put_at(actor, side, argument_of(words, side == Side::remote ? "--to" : "--at"));
}

/// True for a port of the kernel's choice: only getsockname() tells which.
bool tells_no_port(const Step& step) {
  return step.call->address.port() == 0 && step.words.back().find('$') == std::string::npos;
}

/// A peer's place: what it binds to first, or what it connects to, or the address that it learns
/// of a socket of its own, whichever comes first. A bind() that must fail tells nothing.
void learn_place_of_peer(const Step& step, Actor& actor) {
  if (step.call->name == CallName::socket && !is_tcp(step.call->kind))
    actor.protocol = Protocol::udp;
  if (actor.place) return;
  if (step.call->name == CallName::bind && !tells_no_port(step) && !find_errno(step.result))
    put_at(actor, Side::local, step.words.back());
  if (step.call->name == CallName::connect) put_at(actor, Side::remote, step.words.back());
  if (step.verb == Verb::learns && step.call->name == CallName::getsockname)
    put_at(actor, Side::local, "$" + step.name);
}

bool needs_precondition(const Step& attempt) {
  return attempt.verb != Verb::attempts || !leaves_ports_alone(row_of(attempt.call->name).call);
}

bool looks(Verb verb) {
  return verb == Verb::await || verb == Verb::destroy || verb == Verb::precondition ||
         verb == Verb::accepts || verb == Verb::has_unread || verb == Verb::timer_left ||
         sends_segment(verb);
}

class ScriptCheck {
 public:
  ScriptCheck(const SourceText& source, Position script, const std::vector<Step>& steps)
      : source_(source), script_(script), steps_(steps) {}

  std::vector<Actor> check() {
    // A precondition may name the actor that only the attempt introduces.
    for (const Step& step : steps_)
      if (step.verb != Verb::precondition) check_actor(step);
    check_names();
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
    if (makes_call(step.verb)) check_call(step, *actor);
    if (step.verb == Verb::listens_on || step.verb == Verb::connects_to) {
      actor->protocol = Protocol::tcp;
      put_at(*actor, step.verb == Verb::listens_on ? Side::local : Side::remote,
             step.endpoint ? step.endpoint->text() : step.words.front());
    }
  }

  void check_call(const Step& step, Actor& actor) const {
    if (actor.program.role != Role::scripted)
      fail(step, fmt::format("only the program peer makes single calls, and \"{}\" is another",
                             step.actor));
    if (step.call->name == CallName::exit)
      fail(step, fmt::format("a peer ends when its input does: {} ends its input", step.actor));
    const SocketCall call = row_of(step.call->name).call;
    if (step.verb == Verb::attempts &&
        (call == SocketCall::getsockname || call == SocketCall::getpeername))
      fail(step, fmt::format("an address is no outcome; say {} calls {} giving ADDRESS", step.actor,
                             text_of(*step.call)));
    learn_place_of_peer(step, actor);
  }

  void introduce(const Step& step) {
    const DocumentProgram program = find_document_program(step.words.front());
    if (step.options && (program.role == Role::foreign || program.role == Role::scripted))
      fail(step, fmt::format("{} takes no option set", program.name));
    if (step.verb == Verb::tries && program.role != Role::listens && program.role != Role::binds)
      fail(step, fmt::format("{} does not bind, so it cannot be tried", program.name));
    Actor introduced{.name = step.actor,
                     .program = program,
                     .protocol = program.udp ? Protocol::udp : Protocol::tcp,
                     .place = std::nullopt,
                     .place_word = ""};
    put_where_program_is(introduced, step.words);
    if (const Actor* actor = find(step.actor)) {
      const bool is_same = actor->program.name == program.name &&
                           (!introduced.place || (actor->place == introduced.place &&
                                                  actor->place_word == introduced.place_word));
      if (!is_same)
        fail(step, fmt::format("\"{}\" is already something else; another program or address needs "
                               "an actor with another name",
                               step.actor));
      return;
    }
    actors_.push_back(std::move(introduced));
  }

  void check_names() const {
    ScriptNames names;
    for (const Step& step : steps_)
      if (const std::string complaint = names.take(step); !complaint.empty()) fail(step, complaint);
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
    if (looks(step.verb)) check_place(step, *find(step.actor));
    const bool has_address = step.endpoint || !step.words.empty();
    if (!is_bare(step.verb) || has_address) return;
    const Actor* server = find("server");
    if (server == nullptr || !server->place || server->place->side != Side::local)
      fail(step, fmt::format("there is no actor \"server\" whose address could be bound again{}",
                             is_repeated(step.verb) ? "" : "; say rebind ADDRESS"));
  }

  void check_place(const Step& step, const Actor& actor) const {
    if (!actor.place)
      fail(step,
           fmt::format("nothing tells where \"{0}\" is in the socket table; say \"{0} listens on "
                       "ADDRESS\" or \"{0} connects to ADDRESS\"",
                       step.actor));
    const auto name = learnt_name_in(actor.place_word);
    const auto learns = std::ranges::find_if(steps_, [&](const Step& other) {
      return other.verb == Verb::learns && other.name == name;
    });
    if (!name.empty() && &*learns > &step)
      fail(step,
           fmt::format("where \"{}\" is will only be learnt by \"{}\"", step.actor, learns->text));
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
