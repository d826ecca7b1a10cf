#pragma once

#include <cstdint>

#include "harness/base/enum_table.h"

namespace timewait {

/// The states of RFC 9293 with the numbers that Linux gives them (include/net/tcp_states.h).
enum class TcpState : std::uint8_t {
  established = 1,
  syn_sent = 2,
  syn_recv = 3,
  fin_wait1 = 4,
  fin_wait2 = 5,
  time_wait = 6,
  bound = 7,  ///< the kernel's CLOSE: bound, neither listening nor connected; seen since Linux 6.8
  close_wait = 8,
  last_ack = 9,
  listen = 10,
  closing = 11,
};

inline constexpr auto kTcpStates = enum_table<TcpState>({
    {TcpState::established, "ESTABLISHED"},
    {TcpState::syn_sent, "SYN_SENT"},
    {TcpState::syn_recv, "SYN_RECV"},
    {TcpState::fin_wait1, "FIN_WAIT1"},
    {TcpState::fin_wait2, "FIN_WAIT2"},
    {TcpState::time_wait, "TIME_WAIT"},
    {TcpState::bound, "BOUND"},
    {TcpState::close_wait, "CLOSE_WAIT"},
    {TcpState::last_ack, "LAST_ACK"},
    {TcpState::listen, "LISTEN"},
    {TcpState::closing, "CLOSING"},
});

}  // namespace timewait
