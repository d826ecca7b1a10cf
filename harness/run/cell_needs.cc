#include "harness/run/cell_needs.h"

#include <sys/socket.h>

namespace timewait {
namespace {

bool is_ipv6(const Endpoint& endpoint) { return endpoint.family() == AF_INET6; }

bool speaks_ipv6(const Step& step) {
  const bool makes_socket = step.call && step.call->name == CallName::socket;
  return (makes_socket && is_ipv6(step.call->kind)) || (step.endpoint && is_ipv6(*step.endpoint)) ||
         (step.call && is_ipv6(step.call->address));
}

bool changes_user(const Step& step) { return step.call && step.call->name == CallName::seteuid; }

bool asks_for_bound_socket(const Cell& cell, const Step& step) {
  if (step.verb != Verb::precondition || !step.states.contains(TcpState::bound)) return false;
  const Actor& actor = cell.actor(step.actor);
  return actor.place && actor.place->protocol == Protocol::tcp;
}

void add_needs(const Cell& cell, const Step& step, CellNeeds& needs) {
  const auto need = [&](Ability ability) { needs.abilities.insert(ability); };
  if (speaks_ipv6(step)) need(Ability::ipv6);
  if (changes_user(step)) need(Ability::root_rights);
  if (changes_user(step) && step.call->number != 0) need(Ability::other_users);
  if (asks_for_bound_socket(cell, step)) need(Ability::bound_sockets);
  if (step.verb == Verb::unprivileged) need(Ability::user_namespace);
  if (step.verb == Verb::destroy) need(Ability::destruction);
  if (step.verb == Verb::device || step.verb == Verb::route) need(Ability::devices);
  if (sends_segment(step.verb)) {
    need(Ability::capture);
    need(Ability::raw_segments);
  }
  if (step.verb == Verb::sysctl) {
    need(Ability::sysctls);
    needs.sysctls.insert(step.name);
  }
}

}  // namespace

CellNeeds needs_of(const Cell& cell) {
  CellNeeds needs;
  for (const Step& step : cell.steps) add_needs(cell, step, needs);
  for (const Actor& actor : cell.actors) {
    if (actor.place && is_ipv6(actor.place->endpoint)) needs.abilities.insert(Ability::ipv6);
    if (actor.program.role == Role::foreign) needs.programs.emplace(actor.program.name);
  }
  return needs;
}

}  // namespace timewait
