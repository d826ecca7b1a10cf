#include "harness/run/consistency.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>

namespace timewait {
namespace {

using std::chrono::milliseconds;

const Endpoint kServer = *Endpoint::parse("127.0.0.1:12000");
const Endpoint kClient = *Endpoint::parse("127.0.0.1:40000");

constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kSynAck = 0x12;
constexpr std::uint8_t kRst = 0x04;
constexpr std::uint8_t kAck = 0x10;
constexpr std::uint8_t kFinAck = 0x11;

Event segment(int at, const Endpoint& from, std::uint8_t flags, std::uint32_t sequence,
              std::uint32_t acknowledgement) {
  return {.at = milliseconds(at),
          .what = SegmentArrived{.segment = {.from = from,
                                             .to = from == kServer ? kClient : kServer,
                                             .flags = flags,
                                             .sequence = sequence,
                                             .acknowledgement = acknowledgement}}};
}

SocketEntry entry(const Endpoint& local, TcpState state) {
  return {.state = state, .local = local, .remote = local == kServer ? kClient : kServer};
}

/// A look that took a tenth of a millisecond.
Event look(int at, Table table) {
  return {.at = milliseconds(at),
          .what = TableSeen{.looked_from = milliseconds(at) - std::chrono::microseconds(100),
                            .table = std::move(table)}};
}

/// The server closes first, a segment or a look every ten milliseconds.
Timeline server_closes_first() {
  return {segment(10, kClient, kSyn, 0, 0),
          segment(20, kServer, kSynAck, 0, 1),
          segment(30, kClient, kAck, 1, 1),
          look(40, {entry(kServer, TcpState::established), entry(kClient, TcpState::established)}),
          segment(50, kServer, kFinAck, 1, 1),
          look(60, {entry(kServer, TcpState::fin_wait1), entry(kClient, TcpState::close_wait)}),
          segment(70, kClient, kAck, 1, 2),
          look(80, {entry(kServer, TcpState::fin_wait2), entry(kClient, TcpState::close_wait)}),
          segment(90, kClient, kFinAck, 1, 2),
          look(100, {entry(kServer, TcpState::fin_wait2), entry(kClient, TcpState::last_ack)}),
          segment(110, kServer, kAck, 2, 2),
          look(120, {entry(kServer, TcpState::time_wait)})};
}

constexpr std::size_t kServersSynAck = 1;
constexpr std::size_t kServersFin = 4;
constexpr std::size_t kClientsAck = 6;
constexpr std::size_t kClientsFin = 8;

Record record_of(Timeline timeline) {
  const auto segments =
      static_cast<std::size_t>(std::ranges::count_if(timeline, [](const Event& event) {
        return std::holds_alternative<SegmentArrived>(event.what);
      }));
  return {.evidence = Evidence{.timeline = std::move(timeline),
                               .capture = CaptureCounts{.kept = segments}}};
}

std::string found_in(Timeline timeline) {
  return contradiction(record_of(std::move(timeline))).value_or("nothing");
}

Timeline without(std::size_t index) {
  Timeline timeline = server_closes_first();
  timeline.erase(timeline.begin() + static_cast<std::ptrdiff_t>(index));
  return timeline;
}

TEST(Consistency, IsThereWhenStatesFollowTheSegments) {
  EXPECT_EQ(found_in(server_closes_first()), "nothing");
}

TEST(Consistency, FindsAStateWithoutTheSegmentThatLeadsToIt) {
  EXPECT_EQ(found_in(without(kServersSynAck)),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in ESTABLISHED, but no SYN had gone each "
            "way before");
  EXPECT_EQ(found_in(without(kServersFin)),
            "127.0.0.1:40000 -> 127.0.0.1:12000 was seen in CLOSE_WAIT, but no FIN had come to it "
            "before");
  EXPECT_EQ(found_in(without(kClientsFin)),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in TIME_WAIT, but no FIN had come to it "
            "before");
}

TEST(Consistency, FindsAFinWait2WithoutAFinOnTheWire) {
  EXPECT_EQ(found_in({segment(10, kClient, kSyn, 0, 0), segment(20, kServer, kSynAck, 0, 1),
                      look(40, {entry(kServer, TcpState::fin_wait2)})}),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in FIN_WAIT2, but it had sent no FIN "
            "before");
}

TEST(Consistency, FindsAFinWait2WhoseFinWasNotAcknowledged) {
  EXPECT_EQ(found_in(without(kClientsAck)),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in FIN_WAIT2, but its FIN had not been "
            "acknowledged before");
}

TEST(Consistency, FindsAStateThatWasSeenBeforeItsSegment) {
  Timeline timeline = server_closes_first();
  timeline[kClientsAck].at = milliseconds(85);
  std::swap(timeline[kClientsAck], timeline[kClientsAck + 1]);
  EXPECT_EQ(found_in(timeline),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in FIN_WAIT2, but its FIN had not been "
            "acknowledged before");
}

TEST(Consistency, FindsAnOpenEndThatHasSentItsFin) {
  Timeline timeline = server_closes_first();
  timeline.push_back(look(130, {entry(kServer, TcpState::established)}));
  EXPECT_EQ(found_in(timeline),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in ESTABLISHED, but it had sent its FIN "
            "before");
}

TEST(Consistency, FindsAnOpenEndThatHasAcknowledgedTheOthersFin) {
  Timeline timeline = server_closes_first();
  timeline.resize(kClientsAck + 1);
  timeline.push_back(look(130, {entry(kClient, TcpState::established)}));
  EXPECT_EQ(found_in(timeline),
            "127.0.0.1:40000 -> 127.0.0.1:12000 was seen in ESTABLISHED, but it had acknowledged "
            "the other end's FIN before");
}

TEST(Consistency, AllowsANewConnectionWithTheSamePorts) {
  Timeline timeline = server_closes_first();
  timeline.push_back(segment(130, kClient, kSyn, 0, 0));
  timeline.push_back(segment(140, kServer, kSynAck, 0, 1));
  timeline.push_back(look(150, {entry(kServer, TcpState::established)}));
  EXPECT_EQ(found_in(timeline), "nothing");
}

TEST(Consistency, DoesNotTakeTheAcknowledgementsOfANewConnectionForTheOldFin) {
  // The client's FIN was answered by a reset; then the same ports connect again.
  EXPECT_EQ(found_in({segment(10, kClient, kSyn, 0, 0), segment(20, kServer, kSynAck, 0, 1),
                      segment(30, kClient, kFinAck, 1, 1), segment(40, kServer, kRst, 1, 0),
                      segment(50, kClient, kSyn, 0, 0), segment(60, kServer, kSynAck, 0, 1),
                      segment(70, kServer, kAck, 1, 200),
                      look(90, {entry(kServer, TcpState::established)})}),
            "nothing");
}

TEST(Consistency, DoesNotTakeTheFinOfAnOldConnectionForThatOfANewOne) {
  Timeline timeline = server_closes_first();
  timeline.push_back(segment(130, kClient, kSyn, 0, 0));
  timeline.push_back(segment(140, kServer, kSynAck, 0, 1));
  timeline.push_back(look(150, {entry(kClient, TcpState::fin_wait2)}));
  EXPECT_EQ(found_in(timeline),
            "127.0.0.1:40000 -> 127.0.0.1:12000 was seen in FIN_WAIT2, but it had sent no FIN "
            "before");
}

TEST(Consistency, SaysNothingAboutSegmentsThatWereNotCaptured) {
  Record record = record_of(without(kServersFin));
  const std::size_t kept = record.evidence->capture->kept;
  for (const CaptureCounts counts :
       {CaptureCounts{.kept = kept, .dropped = 1}, CaptureCounts{.kept = kept, .left_out = 1},
        CaptureCounts{.kept = kept, .clock_was_set = true}}) {
    record.evidence->capture = counts;
    EXPECT_EQ(contradiction(record), std::nullopt);
  }
  record.evidence->capture.reset();
  EXPECT_EQ(contradiction(record), std::nullopt);
  record.evidence.reset();
  EXPECT_EQ(contradiction(record), std::nullopt);
}

TEST(Consistency, LooksAtTheTablesAroundTheAttemptToo) {
  Record record = record_of({});
  record.table_before = {entry(kServer, TcpState::time_wait)};
  EXPECT_EQ(contradiction(record).value_or("nothing"),
            "127.0.0.1:12000 -> 127.0.0.1:40000 was seen in TIME_WAIT, but no SYN had gone each "
            "way before");
}

TEST(Consistency, FindsATimelineThatIsNotInOrder) {
  EXPECT_EQ(found_in({look(20, {}), look(10, {})}),
            "the timeline is not in the order of its times");
}

TEST(Consistency, FindsSegmentsThatWereTakenOutOrPutIn) {
  Record record = record_of(server_closes_first());
  ++record.evidence->capture->kept;
  EXPECT_EQ(contradiction(record).value_or("nothing"),
            "8 segments were kept, but the timeline has 7");
}

TEST(Consistency, FindsAStepThatIsNotThere) {
  EXPECT_EQ(found_in({{.at = milliseconds(1), .what = StepBegan{.index = 2}}}),
            "the timeline speaks of step 3, but there are 0");
}

TEST(Consistency, FindsAnOutcomeWithoutACall) {
  EXPECT_EQ(contradiction({.outcome = Outcome::bound()}).value_or("nothing"),
            "the outcome is bound, but no call was made");
}

TEST(Consistency, FindsABareAttemptThatIsBoundAndDoesNotListen) {
  Record record{.outcome = Outcome::bound(),
                .attempt = {{.call = SocketCall::listen}},
                .attempt_by = "rebind",
                .attempt_place = {.endpoint = kServer}};
  EXPECT_EQ(contradiction(record).value_or("nothing"),
            "the outcome is bound, but no new listener was on the port afterwards");
  record.table_after = {entry(kServer, TcpState::listen)};
  record.table_after[0].cookie = 7;
  EXPECT_EQ(contradiction(record), std::nullopt);
  record.table_before = record.table_after;
  EXPECT_TRUE(contradiction(record)) << "an old listener proves nothing";
}

TEST(Consistency, FindsAnAttemptWhereTheCellHasNoPlaceOnTheLoopback) {
  Record record{
      .attempt_place = {.endpoint = *Endpoint::parse("127.9.8.7:4386")},
      .relocation = Relocation{.host = *Endpoint::parse("127.9.8.7:0"), .ports = {{12000, 4386}}}};
  EXPECT_EQ(contradiction(record), std::nullopt);
  record.relocation->ports = {{12000, 4387}};
  EXPECT_EQ(contradiction(record).value_or("nothing"),
            "the attempt was at 127.9.8.7:4386, where the cell has no place on the loopback");
  record.relocation = Relocation{.host = *Endpoint::parse("127.9.8.8:0"), .ports = {{12000, 4386}}};
  EXPECT_TRUE(contradiction(record));
}

TEST(Consistency, FindsAnOutcomeThatTheCallsDoNotBear) {
  Record record{.outcome = Outcome::bound(),
                .attempt = {{.call = SocketCall::bind, .value = -1, .error = EADDRINUSE}}};
  EXPECT_EQ(contradiction(record).value_or("nothing"),
            "the outcome is bound, but the last call of the attempt was bind with errno "
            "EADDRINUSE");
  record.outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  EXPECT_EQ(contradiction(record).value_or("nothing"),
            "the outcome is listen:EADDRINUSE, but the last call of the attempt was bind with "
            "errno EADDRINUSE");
  record.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE);
  EXPECT_EQ(contradiction(record), std::nullopt);
}

}  // namespace
}  // namespace timewait
