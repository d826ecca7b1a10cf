#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/net/call.h"
#include "harness/scenario/outcome.h"
#include "harness/scenario/source_text.h"
#include "harness/scenario/state_list.h"

namespace timewait {

enum class Verb {
  runs,
  listens_on,
  connects_to,
  types,
  ends_input,
  calls,
  learns,
  calls_until,
  accepts,
  has_unread,
  timer_left,
  prints,
  gets,
  group_gets,
  exits,
  dies_of,
  fails_with,
  stays,
  await,
  destroy,
  loopback,
  forge_reset,
  replay_fin,
  sysctl,
  device,
  route,
  counter,
  unprivileged,
  precondition,
  rebind,
  rebind_until_bound,
  rebind_for,
  restarts,
  tries,
  attempts,
  executes_itself,
};

/// One line of a script after substitution: who does what. Which of the fields are used depends on
/// the verb; see the table in verb_table.h.
struct Step {
  Verb verb = Verb::stays;
  Position at;
  std::string text;                  ///< the whole line
  std::string actor;                 ///< ACTOR
  std::vector<std::string> words;    ///< PROGRAM..., CALL..., ADDRESS: as they are written
  std::optional<Call> call;          ///< CALL...; its address is not known while `words` has a $
  std::string result;                ///< RESULT, as Answer::text() says it; empty for any success
  std::string name;                  ///< NAME
  std::string phrase;                ///< TEXT..., VALUE...
  std::optional<OptionSet> options;  ///< OPTIONS
  std::optional<Endpoint> endpoint;  ///< ADDRESS, nothing while it is not known; IP with port 0
  std::optional<Endpoint> gateway;   ///< GATEWAY, with port 0
  StateList states;                  ///< STATES...
  int number = 0;                    ///< BYTES, STATUS, SIGNAL, SECONDS, N, LINK (1: up)
  Outcome failure;                   ///< CALL:ERRNO
};

/// True for the attempts that are made again and again, and so take as long as they say.
constexpr bool is_repeated(Verb verb) {
  return verb == Verb::rebind_until_bound || verb == Verb::rebind_for;
}

/// True for the attempts that the harness makes with bare calls.
constexpr bool is_bare(Verb verb) { return verb == Verb::rebind || is_repeated(verb); }

/// True for the verbs by which a peer makes a call.
constexpr bool makes_call(Verb verb) {
  return verb == Verb::calls || verb == Verb::learns || verb == Verb::calls_until ||
         verb == Verb::attempts;
}

/// True for the segments that the harness sends itself.
constexpr bool sends_segment(Verb verb) {
  return verb == Verb::forge_reset || verb == Verb::replay_fin;
}

/// True for the verbs that name an ADDRESS.
constexpr bool takes_address(Verb verb) {
  return is_bare(verb) || verb == Verb::listens_on || verb == Verb::connects_to;
}

/// True for the verbs whose result is the outcome of the cell.
constexpr bool is_attempt(Verb verb) {
  return is_bare(verb) || verb == Verb::restarts || verb == Verb::tries || verb == Verb::attempts ||
         verb == Verb::executes_itself;
}

/// True for the calls whose answer says nothing about who has a port. An attempt at one of them
/// needs no precondition.
constexpr bool leaves_ports_alone(SocketCall call) {
  return call == SocketCall::setsockopt || call == SocketCall::getsockopt ||
         call == SocketCall::send || call == SocketCall::recv || call == SocketCall::poll ||
         call == SocketCall::fcntl || call == SocketCall::seteuid || call == SocketCall::unshare;
}

}  // namespace timewait
