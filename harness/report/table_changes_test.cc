#include "harness/report/table_changes.h"

#include <gmock/gmock.h>

#include "harness/report/record_story.h"

namespace timewait {
namespace {

constexpr const char* kServer = "127.0.0.1:12000";
constexpr const char* kClient = "127.0.0.1:40312";

SocketEntry with_cookie(SocketEntry entry, std::uint64_t cookie) {
  entry.cookie = cookie;
  return entry;
}

/// "ESTABLISHED to FIN_WAIT1", "nothing to LISTEN", one a change.
std::vector<std::string> changes(const Table& before, const Table& after) {
  const auto name = [](const std::optional<SocketEntry>& entry) {
    return std::string(entry ? kTcpStates.name(entry->state) : "nothing");
  };
  std::vector<std::string> texts;
  for (const TableChange& change : table_changes(before, after))
    texts.push_back(name(change.before) + " to " + name(change.after));
  return texts;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TableChanges, TellWhatCameAndWhatWent) {
  const SocketEntry listener = entry(TcpState::listen, kServer, "0.0.0.0:0");
  EXPECT_THAT(changes({}, {listener}), ElementsAre("nothing to LISTEN"));
  EXPECT_THAT(changes({listener}, {}), ElementsAre("LISTEN to nothing"));
  EXPECT_THAT(changes({listener}, {listener}), IsEmpty());
}

TEST(Predecessors, AreTheEntriesOfTheTableBefore) {
  const SocketEntry listening = entry(TcpState::listen, kServer, "0.0.0.0:0");
  const SocketEntry open = with_cookie(entry(TcpState::established, kServer, kClient), 1);
  const SocketEntry waiting = with_cookie(time_wait_entry(kServer, kClient), 2);
  EXPECT_THAT(predecessors({listening, open}, {waiting, listening}),
              ElementsAre(testing::Optional(1U), testing::Optional(0U)));
  EXPECT_THAT(predecessors({open}, {listening, waiting}),
              ElementsAre(std::nullopt, testing::Optional(0U)));
}

TEST(TableChanges, KnowAnEntryByItsCookieThoughItsEndsChanged) {
  const SocketEntry bound = entry(TcpState::bound, kClient, "0.0.0.0:0");
  const SocketEntry connected = entry(TcpState::established, kClient, kServer);
  EXPECT_THAT(changes({with_cookie(bound, 1)}, {with_cookie(connected, 1)}),
              ElementsAre("BOUND to ESTABLISHED"));
  EXPECT_THAT(changes({with_cookie(bound, 1)}, {with_cookie(connected, 2)}),
              ElementsAre("nothing to ESTABLISHED", "BOUND to nothing"));
}

TEST(TableChanges, KnowAMiniSocketByTheConnectionThatItTookOver) {
  const SocketEntry waiting = entry(TcpState::fin_wait2, kServer, kClient);
  const SocketEntry done = entry(TcpState::time_wait, "[::ffff:127.0.0.1]:12000", kClient);
  EXPECT_THAT(changes({with_cookie(waiting, 1)}, {with_cookie(done, 2)}),
              ElementsAre("FIN_WAIT2 to TIME_WAIT"));
}

TEST(TableChanges, KnowAMiniSocketThatKeptTheCookieOfItsConnection) {
  const SocketEntry waiting = entry(TcpState::fin_wait2, kServer, kClient);
  const SocketEntry done = entry(TcpState::time_wait, kServer, kClient);
  EXPECT_THAT(changes({with_cookie(waiting, 1)}, {with_cookie(done, 1)}),
              ElementsAre("FIN_WAIT2 to TIME_WAIT"));
}

TEST(TableChanges, PreferTheCookieToTheEnds) {
  const SocketEntry old = entry(TcpState::time_wait, kServer, kClient);
  const SocketEntry fresh = entry(TcpState::syn_recv, kServer, kClient);
  EXPECT_THAT(changes({with_cookie(old, 1)}, {with_cookie(fresh, 2), with_cookie(old, 1)}),
              ElementsAre("nothing to SYN_RECV"));
}

TEST(TableChanges, TakeTcpAndUdpForDifferent) {
  const SocketEntry tcp = entry(TcpState::bound, kServer, "0.0.0.0:0");
  SocketEntry udp = tcp;
  udp.protocol = Protocol::udp;
  EXPECT_THAT(changes({tcp}, {udp}), ElementsAre("nothing to BOUND", "BOUND to nothing"));
}

TEST(TableChanges, FindEachEntryOnce) {
  const SocketEntry bound = entry(TcpState::bound, kServer, "0.0.0.0:0");
  const SocketEntry listener = entry(TcpState::listen, kServer, "0.0.0.0:0");
  EXPECT_THAT(changes({bound}, {listener, listener}),
              ElementsAre("BOUND to LISTEN", "nothing to LISTEN"));
}

TEST(TableChanges, LookAtStatesOnly) {
  SocketEntry before = entry(TcpState::established, kServer, kClient);
  SocketEntry after = before;
  after.unread = 40;
  after.inode = 0;
  EXPECT_THAT(changes({before}, {after}), IsEmpty());
}

SocketEntry owned(SocketEntry entry, const std::string& owner) {
  entry.owner = owner;
  return entry;
}

TEST(FormerOwners, NameWhatNobodyHoldsAnyMore) {
  const SocketEntry held = with_cookie(entry(TcpState::established, kServer, kClient), 1);
  const SocketEntry closed = with_cookie(entry(TcpState::time_wait, kServer, kClient), 2);
  const SocketEntry other = with_cookie(entry(TcpState::established, kServer, "127.0.0.1:1"), 3);
  EXPECT_THAT(with_former_owners({closed, other}, {listener(), owned(held, "server")}),
              ElementsAre(owned(closed, "server"), other));
}

TEST(FormerOwners, GiveWayToANewOne) {
  const SocketEntry held = with_cookie(entry(TcpState::established, kServer, kClient), 1);
  EXPECT_THAT(with_former_owners({owned(held, "heir")}, {owned(held, "server")}),
              ElementsAre(owned(held, "heir")));
}

}  // namespace
}  // namespace timewait
