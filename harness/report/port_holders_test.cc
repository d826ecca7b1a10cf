#include "harness/report/port_holders.h"

#include <gmock/gmock.h>

#include <cerrno>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_story.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Record attempt_over(const Table& table) {
  Record record;
  record.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE);
  record.attempt_place = {.endpoint = endpoint("127.0.0.1:12000")};
  record.table_before = table;
  return record;
}

TEST(PortHolders, NameTheTimeLeftAndThatNobodyHoldsTheEntry) {
  EXPECT_THAT(port_holders(server_closes_first()),
              ElementsAre("held by TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40312, no process, "
                          "59.99 s left"));
}

TEST(PortHolders, NameOwnerAndOptionsWhereTheyAreKnown) {
  SocketEntry listener = entry(TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0");
  EXPECT_THAT(port_holders(attempt_over({listener})), ElementsAre("held by LISTEN 0.0.0.0:12000"));
  listener.owner = "server";
  EXPECT_THAT(port_holders(attempt_over({listener})),
              ElementsAre("held by LISTEN 0.0.0.0:12000, server"));
  listener.options = OptionSet::plain;
  EXPECT_THAT(port_holders(attempt_over({listener})),
              ElementsAre("held by LISTEN 0.0.0.0:12000, server, no option"));
  listener.options = OptionSet::both;
  EXPECT_THAT(port_holders(attempt_over({listener})),
              ElementsAre("held by LISTEN 0.0.0.0:12000, server, SO_REUSEADDR and SO_REUSEPORT"));
}

TEST(PortHolders, AreSharedWithWhenTheAttemptWasBound) {
  Record record = attempt_over({entry(TcpState::bound, "127.0.0.1:12000", "0.0.0.0:0")});
  record.outcome = Outcome::bound();
  EXPECT_THAT(port_holders(record), ElementsAre("shared with BOUND 127.0.0.1:12000"));
}

TEST(PortHolders, AreNotThoseOfAnotherPortAddressOrProtocol) {
  SocketEntry udp = entry(TcpState::bound, "127.0.0.1:12000", "0.0.0.0:0");
  udp.protocol = Protocol::udp;
  EXPECT_THAT(port_holders(attempt_over({
                  udp,
                  entry(TcpState::listen, "127.0.0.1:12001", "0.0.0.0:0"),

                  entry(TcpState::close_wait, "127.0.0.1:40312", "127.0.0.1:12000"),
              })),
              IsEmpty());
}

TEST(PortHolders, AreAllOnThePortWhereNoneOverlapsAndTheAddressIsInUseAllTheSame) {
  EXPECT_THAT(port_holders(attempt_over({entry(TcpState::listen, "127.0.0.2:12000", "0.0.0.0:0")})),
              ElementsAre("on the port, under another address: LISTEN 127.0.0.2:12000"));
}

TEST(PortHolders, AreNothingToASingleCallThatSucceeded) {
  Record record = attempt_over({entry(TcpState::time_wait, "127.0.0.1:12000", "127.0.0.1:40312")});
  record.outcome = Outcome::returned(SocketCall::connect, 0);
  EXPECT_THAT(port_holders(record), IsEmpty());
}

TEST(PortHolders, WereThereUntilARepeatedAttemptWasBound) {
  Record record = attempt_over({entry(TcpState::listen, "127.0.0.1:12000", "0.0.0.0:0")});
  record.outcome = Outcome::bound();
  record.repetition.emplace();
  EXPECT_THAT(port_holders(record), ElementsAre("was held by LISTEN 127.0.0.1:12000"));
}

}  // namespace
}  // namespace timewait
