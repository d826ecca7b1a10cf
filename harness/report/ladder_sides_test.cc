#include "harness/report/ladder_sides.h"

#include <gtest/gtest.h>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_examples.h"
#include "harness/report/record_story.h"

namespace timewait {
namespace {

constexpr const char* kNoEnd = "0.0.0.0:0";

TEST(LadderSides, AreTheServersPortAndAllTheRest) {
  const LadderSides sides(server_closes_first());
  EXPECT_EQ(sides.of(endpoint("127.0.0.1:12000")), Lifeline::server);
  EXPECT_EQ(sides.of(endpoint("[::1]:12000")), Lifeline::server);
  EXPECT_EQ(sides.of(endpoint("127.0.0.1:40312")), Lifeline::client);
  EXPECT_EQ(sides.of_actor("server"), Lifeline::server);
  EXPECT_EQ(sides.of_actor("client"), Lifeline::client);
  EXPECT_EQ(sides.of_actor("stranger"), Lifeline::client);
}

TEST(LadderSides, AreToldByTheAttemptWhenNoActorHasALocalPlace) {
  Record record = server_closes_first();
  record.actors.erase(record.actors.begin());
  record.attempt_place.endpoint = endpoint("127.0.0.1:40312");
  const LadderSides sides(record);
  EXPECT_EQ(sides.of(endpoint("127.0.0.1:40312")), Lifeline::server);
  EXPECT_EQ(sides.title(Lifeline::server), "127.0.0.1:40312");
  EXPECT_EQ(sides.title(Lifeline::client), "client");
}

TEST(LadderSides, AreCalledAfterTheirActors) {
  Record record = server_closes_first();
  EXPECT_EQ(LadderSides(record).title(Lifeline::server), "server 0.0.0.0:12000");
  EXPECT_EQ(LadderSides(record).title(Lifeline::client), "client");
  record.actors.push_back({.name = "second", .place = record.actors[0].place});
  record.actors.push_back(record.actors[0]);
  record.actors.push_back({.name = "watcher"});
  EXPECT_EQ(LadderSides(record).title(Lifeline::server), "server, second 0.0.0.0:12000");
  EXPECT_EQ(LadderSides(record).title(Lifeline::client), "client, watcher");
  EXPECT_EQ(LadderSides(three_clients()).title(Lifeline::client), "3 clients");
  EXPECT_EQ(LadderSides(connected_to_itself()).title(Lifeline::client), "");
}

TEST(LadderSides, TakeAServerOnAnotherPortForTheOtherSide) {
  Record record = server_closes_first();
  record.actors.push_back(
      {.name = "neighbour", .place = ActorPlace{.endpoint = endpoint("0.0.0.0:12001")}});
  EXPECT_EQ(LadderSides(record).of_actor("neighbour"), Lifeline::client);
}

TEST(LadderSides, MarkConnectionsOnlyWhenThereAreSeveral) {
  const SocketEntry server = entry(TcpState::established, "127.0.0.1:12000", "127.0.0.1:40312");
  const SocketEntry client = entry(TcpState::established, "127.0.0.1:40312", "127.0.0.1:12000");
  const Segment segment{.from = client.local, .to = server.local};
  const LadderSides one(server_closes_first());
  EXPECT_EQ(one.mark_of(server), "");
  EXPECT_EQ(one.mark_of(segment), "");
  const LadderSides many(three_clients());
  EXPECT_EQ(many.mark_of(server), " :40312");
  EXPECT_EQ(many.mark_of(client), " :40312");
  EXPECT_EQ(many.mark_of(segment), " :40312");
  EXPECT_EQ(many.mark_of(Segment{.kind = Segment::Kind::other}), "");
}

TEST(LadderSides, MarkSocketsWithoutAConnectionByWhatTheyAreBoundTo) {
  Record record = server_closes_first();
  const SocketEntry first = entry(TcpState::bound, "127.0.0.1:12000", kNoEnd);
  EXPECT_EQ(LadderSides(record).mark_of(first), "");
  EXPECT_EQ(LadderSides(record).mark_of(entry(TcpState::listen, "127.0.0.1:12001", kNoEnd)),
            " :12001");
  record.table_before = {first, entry(TcpState::bound, "127.0.0.2:12000", kNoEnd)};
  EXPECT_EQ(LadderSides(record).mark_of(first), " 127.0.0.1");
}

}  // namespace
}  // namespace timewait
