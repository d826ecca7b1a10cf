#include "harness/model/tcp_transitions.h"

#include <gtest/gtest.h>

#include <set>

namespace timewait {
namespace {

TEST(TcpTransitions, HasOneRowForAStateAndAnEvent) {
  std::set<std::pair<TcpState, TcpEvent>> seen;
  for (const Transition& row : tcp_transitions()) {
    EXPECT_TRUE(seen.emplace(row.from, row.event).second)
        << kTcpStates.name(row.from) << " " << kTcpEvents.name(row.event);
    EXPECT_EQ(find_transition(row.from, row.event), &row);
  }
}

TEST(TcpTransitions, DoesNothingWhereThereIsNoRow) {
  EXPECT_EQ(find_transition(TcpState::time_wait, TcpEvent::closes), nullptr);
  EXPECT_EQ(find_transition(TcpState::listen, TcpEvent::gets_fin), nullptr);
}

TEST(TcpTransitions, ReachesEveryState) {
  std::set<TcpState> reached{TcpState::bound};
  for (std::size_t round = 0; round < tcp_transitions().size(); ++round)
    for (const Transition& row : tcp_transitions())
      if (reached.contains(row.from)) reached.insert(row.to);
  // SYN_RECV of who was called is a request that the listener makes.
  EXPECT_EQ(reached.size(), kTcpStates.rows().size());
}

TEST(TcpTransitions, LeavesEveryStateButClosedOnesByAReset) {
  for (const auto& [state, name] : kTcpStates.rows()) {
    if (state == TcpState::bound || state == TcpState::listen) continue;
    const Transition* reset = find_transition(state, TcpEvent::gets_reset);
    ASSERT_NE(reset, nullptr) << name;
    EXPECT_EQ(reset->to, TcpState::bound) << name;
    EXPECT_EQ(reset->sends, Sends::nothing) << name;
  }
}

}  // namespace
}  // namespace timewait
