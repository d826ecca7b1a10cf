#include "harness/report/table_change.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SocketEntry listener(TcpState state = TcpState::listen, std::uint64_t cookie = 1) {
  return {.state = state,
          .local = *Endpoint::parse("0.0.0.0:12000"),
          .inode = 100,
          .cookie = cookie,
          .owner = "server"};
}

SocketEntry connection(TcpState state, std::uint64_t cookie = 2,
                       const std::string& owner = "server") {
  return {.state = state,
          .local = *Endpoint::parse("127.0.0.1:12000"),
          .remote = *Endpoint::parse("127.0.0.1:40312"),
          .cookie = cookie,
          .owner = owner};
}

TEST(TableChanges, AreWhatBecameOfEachEntry) {
  const struct {
    const char* name;
    Table before;
    Table after;
    std::vector<std::string> changes;
  } rows[] = {
      {"nothing", {}, {}, {}},
      {"the same", {listener()}, {listener()}, {}},
      {"a listener came", {}, {listener()}, {"server 0.0.0.0:12000: LISTEN"}},
      {"a bound socket listens",
       {listener(TcpState::bound)},
       {listener()},
       {"server 0.0.0.0:12000: BOUND -> LISTEN"}},
      {"a listener went", {listener()}, {}, {"server 0.0.0.0:12000: LISTEN -> gone"}},
      {"another listener came in its place",
       {listener()},
       {listener(TcpState::listen, 7)},
       {"server 0.0.0.0:12000: LISTEN -> gone", "server 0.0.0.0:12000: LISTEN"}},
      {"an end closed",
       {connection(TcpState::established)},
       {connection(TcpState::fin_wait1)},
       {"server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED -> FIN_WAIT1"}},
      {"a mini-socket",
       {connection(TcpState::fin_wait1)},
       {connection(TcpState::time_wait)},
       {"server 127.0.0.1:12000 -> 127.0.0.1:40312: FIN_WAIT1 -> TIME_WAIT"}},
      {"a new connection in its place",
       {connection(TcpState::time_wait)},
       {connection(TcpState::syn_recv, 3)},
       {"server 127.0.0.1:12000 -> 127.0.0.1:40312: TIME_WAIT -> gone",
        "server 127.0.0.1:12000 -> 127.0.0.1:40312: SYN_RECV"}},
      {"an entry of unknown owner",
       {},
       {connection(TcpState::established, 2, "")},
       {"127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED"}},
  };
  for (const auto& row : rows)
    EXPECT_EQ(table_changes(row.before, row.after), row.changes) << row.name;
}

TEST(FormerOwners, NameWhatNobodyHoldsAnyMore) {
  const Table before{listener(), connection(TcpState::established)};
  const Table after{connection(TcpState::fin_wait1, 2, ""), connection(TcpState::syn_recv, 3, "")};
  EXPECT_THAT(with_former_owners(after, before),
              ElementsAre(connection(TcpState::fin_wait1), connection(TcpState::syn_recv, 3, "")));
}

TEST(FormerOwners, GiveWayToANewOne) {
  const Table after{connection(TcpState::established, 2, "heir")};
  EXPECT_EQ(with_former_owners(after, {connection(TcpState::established)}), after);
}

TEST(TableChanges, NameTheProtocolOfUdp) {
  SocketEntry socket = listener(TcpState::bound);
  socket.protocol = Protocol::udp;
  EXPECT_THAT(table_changes({}, {socket}), ElementsAre("server udp 0.0.0.0:12000: BOUND"));
}

TEST(TableChanges, AreNoneWhereOnlyBytesCameIn) {
  SocketEntry later = connection(TcpState::established);
  later.unread = 40;
  EXPECT_THAT(table_changes({connection(TcpState::established)}, {later}), IsEmpty());
}

}  // namespace
}  // namespace timewait
