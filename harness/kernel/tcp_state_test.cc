#include "harness/kernel/tcp_state.h"

#include <gtest/gtest.h>
#include <netinet/tcp.h>

namespace timewait {
namespace {

TEST(TcpState, HasTheNumberThatTheKernelGivesIt) {
  const struct {
    TcpState state;
    int number;
    const char* name;
  } rows[] = {
      {TcpState::established, TCP_ESTABLISHED, "ESTABLISHED"},
      {TcpState::syn_sent, TCP_SYN_SENT, "SYN_SENT"},
      {TcpState::syn_recv, TCP_SYN_RECV, "SYN_RECV"},
      {TcpState::fin_wait1, TCP_FIN_WAIT1, "FIN_WAIT1"},
      {TcpState::fin_wait2, TCP_FIN_WAIT2, "FIN_WAIT2"},
      {TcpState::time_wait, TCP_TIME_WAIT, "TIME_WAIT"},
      {TcpState::bound, TCP_CLOSE, "BOUND"},
      {TcpState::close_wait, TCP_CLOSE_WAIT, "CLOSE_WAIT"},
      {TcpState::last_ack, TCP_LAST_ACK, "LAST_ACK"},
      {TcpState::listen, TCP_LISTEN, "LISTEN"},
      {TcpState::closing, TCP_CLOSING, "CLOSING"},
  };
  ASSERT_EQ(std::size(rows), kTcpStates.rows().size());
  for (const auto& row : rows) {
    EXPECT_EQ(static_cast<int>(row.state), row.number) << row.name;
    EXPECT_EQ(kTcpStates.name(row.state), row.name);
  }
}

}  // namespace
}  // namespace timewait
