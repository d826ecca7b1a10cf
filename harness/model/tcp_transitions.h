#pragma once

#include <optional>
#include <span>

#include "harness/base/enum_table.h"
#include "harness/kernel/tcp_state.h"
#include "harness/model/rule.h"

namespace timewait {

/// What happens to an end of a connection.
enum class TcpEvent : std::uint8_t {
  connects,      ///< a call
  listens,       ///< a call
  closes,        ///< the program will send no more
  aborts,        ///< the kernel breaks the connection off
  gets_syn,      ///< and no ACK
  gets_syn_ack,  ///< of its own SYN
  gets_ack_of_syn,
  gets_fin,
  gets_ack_of_fin,  ///< all that was sent is acknowledged, the FIN with it
  gets_reset,
  gets_data_for_nobody,  ///< that no program can read any more
  timer_fires,
};

inline constexpr auto kTcpEvents = enum_table<TcpEvent>({
    {TcpEvent::connects, "connects"},
    {TcpEvent::listens, "listens"},
    {TcpEvent::closes, "closes"},
    {TcpEvent::aborts, "aborts"},
    {TcpEvent::gets_syn, "gets SYN"},
    {TcpEvent::gets_syn_ack, "gets SYN, ACK"},
    {TcpEvent::gets_ack_of_syn, "gets ACK of SYN"},
    {TcpEvent::gets_fin, "gets FIN"},
    {TcpEvent::gets_ack_of_fin, "gets ACK of FIN"},
    {TcpEvent::gets_reset, "gets RST"},
    {TcpEvent::gets_data_for_nobody, "gets data for nobody"},
    {TcpEvent::timer_fires, "timer fires"},
});

/// The segment that goes with a transition.
enum class Sends : std::uint8_t { nothing, syn, syn_ack, ack, fin, reset };

inline constexpr auto kSends = enum_table<Sends>({
    {Sends::nothing, "nothing"},
    {Sends::syn, "SYN"},
    {Sends::syn_ack, "SYN, ACK"},
    {Sends::ack, "ACK"},
    {Sends::fin, "FIN"},
    {Sends::reset, "RST"},
});

/// A row of the state diagram. `bound` is the kernel's CLOSE: the connection is over.
struct Transition {
  TcpState from = TcpState::bound;
  TcpEvent event = TcpEvent::closes;
  TcpState to = TcpState::bound;
  Sends sends = Sends::nothing;
  Rule rule = Rule::closing_sends_fin;
};

/// The state diagram of RFC 9293 (3.3.2, figure 5) as Linux has it: every transition there is.
std::span<const Transition> tcp_transitions();

/// What `event` does in `state`; null where it does nothing.
const Transition* find_transition(TcpState state, TcpEvent event);

}  // namespace timewait
