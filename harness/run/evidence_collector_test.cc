#include "harness/run/evidence_collector.h"

#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "harness/base/error.h"
#include "harness/net/caller.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

const Endpoint kServer = *Endpoint::parse("127.0.0.1:12000");
const Endpoint kClient = *Endpoint::parse("127.0.0.1:40000");

Event segment(const Endpoint& from, std::uint8_t flags, std::uint32_t sequence,
              std::uint32_t acknowledgement = 0) {
  return {.what = SegmentArrived{.segment = {.from = from,
                                             .to = from == kServer ? kClient : kServer,
                                             .flags = flags,
                                             .sequence = sequence,
                                             .acknowledgement = acknowledgement}}};
}

constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kRst = 0x04;
constexpr std::uint8_t kAck = 0x10;

/// "0/0 0/1" for sequence and acknowledgement of each segment.
std::string numbers_of(Timeline timeline) {
  make_sequences_relative(timeline);
  std::string text;
  for (const Event& event : timeline) {
    const Segment& one = std::get<SegmentArrived>(event.what).segment;
    text += (text.empty() ? "" : " ") + std::to_string(one.sequence) + "/" +
            std::to_string(one.acknowledgement);
  }
  return text;
}

TEST(RelativeSequences, CountFromTheSynOfTheirDirection) {
  EXPECT_EQ(numbers_of({segment(kClient, kSyn, 1000), segment(kServer, kSyn | kAck, 70, 1001),
                        segment(kClient, kAck, 1001, 71), segment(kServer, kAck, 71, 1041)}),
            "0/0 0/1 1/1 1/41");
}

TEST(RelativeSequences, GoOnBeyondTheLargestNumber) {
  EXPECT_EQ(numbers_of({segment(kClient, kSyn, 0xffffffff), segment(kClient, kAck, 0, 0)}),
            "0/0 1/0");
}

TEST(RelativeSequences, StartAnewWithANewConnection) {
  EXPECT_EQ(numbers_of({segment(kClient, kSyn, 1000), segment(kClient, kSyn, 5000),
                        segment(kServer, kSyn | kAck, 1, 5001)}),
            "0/0 0/0 0/1");
}

TEST(RelativeSequences, BelongToAnOldConnectionAlsoAfterANewOneBegan) {
  EXPECT_EQ(numbers_of({segment(kClient, kSyn, 1000), segment(kServer, kSyn | kAck, 70, 1001),
                        segment(kClient, kSyn, 9000), segment(kServer, kAck, 72, 1002),
                        segment(kClient, kRst, 1002)}),
            "0/0 0/1 0/0 2/2 2/0");
}

TEST(RelativeSequences, AnswerASynWithoutASequenceOfTheirOwn) {
  EXPECT_EQ(numbers_of({segment(kClient, kSyn, 1000), segment(kServer, kRst | kAck, 0, 1001)}),
            "0/0 0/1");
}

TEST(MissingSegments, AreExplained) {
  EXPECT_EQ(missing_segments({.capture = CaptureCounts{.kept = 5}}), "");
  EXPECT_EQ(missing_segments({.capture = CaptureCounts{.kept = 5, .dropped = 2, .left_out = 1}}),
            "segments are missing: 2 dropped by the kernel, 1 beyond what is kept");
  EXPECT_EQ(missing_segments({.capture = CaptureCounts{.clock_was_set = true}}),
            "the times of segments are wrong: the system clock was set");
  EXPECT_EQ(missing_segments({.no_capture = "Operation not permitted"}),
            "no segments: Operation not permitted");
}

SocketEntry listener(std::uint64_t cookie, TcpState state = TcpState::listen) {
  return {.state = state, .local = kServer, .inode = 1, .cookie = cookie};
}

/// How many tables are noted when one comes after the other.
std::size_t tables_noted(const Table& one, const Table& other) {
  CaptureSource nothing{.capture = std::nullopt, .refusal = "a test"};
  EvidenceCollector collector(&nothing);
  collector.table_seen(nanoseconds(1), one);
  collector.table_seen(nanoseconds(2), other);
  return collector.finish()->timeline.size();
}

TEST(EvidenceCollector, NotesATableOnlyWhenItDiffers) {
  const SocketEntry entry = listener(1);
  SocketEntry later = entry;
  later.timer_left = milliseconds(5);
  later.unread = 3;
  EXPECT_EQ(tables_noted({entry}, {later}), 1u) << "timers and queues";
  EXPECT_EQ(tables_noted({entry}, {listener(1, TcpState::bound)}), 2u) << "state";
  EXPECT_EQ(tables_noted({entry}, {listener(2)}), 2u) << "another socket";
  EXPECT_EQ(tables_noted({entry}, {}), 2u) << "gone";
  SocketEntry orphan = entry;
  orphan.inode = 0;
  EXPECT_EQ(tables_noted({entry}, {orphan}), 2u) << "nobody holds it any more";
  EXPECT_EQ(tables_noted({}, {}), 0u) << "nothing at all";
}

TEST(EvidenceCollector, PutsEventsInTheOrderOfTheirTimes) {
  CaptureSource nothing{.capture = std::nullopt, .refusal = "a test"};
  EvidenceCollector collector(&nothing);
  collector.step_began(0);
  collector.process_changed(nanoseconds(0), {.actor = "server"});
  const Timeline timeline = collector.finish()->timeline;
  ASSERT_EQ(timeline.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<ProcessChanged>(timeline[0].what));
  EXPECT_TRUE(std::holds_alternative<StepBegan>(timeline[1].what));
}

TEST(EvidenceCollector, SaysWhyThereIsNoCapture) {
  CaptureSource nothing{.capture = std::nullopt, .refusal = "a test"};
  EvidenceCollector collector(&nothing);
  EXPECT_EQ(collector.segments_fd(), -1);
  const auto evidence = collector.finish();
  EXPECT_FALSE(evidence->capture);
  EXPECT_EQ(evidence->no_capture, "a test");
}

TEST(EvidenceCollector, CollectsNothingWhenItIsOff) {
  EvidenceCollector collector(nullptr);
  collector.step_began(0);
  EXPECT_FALSE(collector.is_on());
  EXPECT_FALSE(collector.finish());
}

TEST(EvidenceCollector, HoldsNoMoreThanARecordAndSaysSoOnce) {
  CaptureSource source{.refusal = "a test"};
  EvidenceCollector evidence(&source);
  const Table table(3000);
  evidence.table_seen(nanoseconds(0), table);
  evidence.table_seen(nanoseconds(0), {});
  evidence.table_seen(nanoseconds(0), table);
  evidence.table_seen(nanoseconds(0), {});
  EXPECT_THROW(evidence.table_seen(nanoseconds(0), table), Error);
  EXPECT_NO_THROW(evidence.table_seen(nanoseconds(0), {}));
  EXPECT_EQ(evidence.finish()->timeline.size(), 4U);
}

TEST(EvidenceCollector, SaysWhyItKnowsNoSegment) {
  EXPECT_EQ(EvidenceCollector(nullptr).no_segments(), "nothing is captured");
  CaptureSource refused{.capture = std::nullopt, .refusal = "no CAP_NET_RAW"};
  EXPECT_EQ(EvidenceCollector(&refused).no_segments(), "no CAP_NET_RAW");
}

TEST(EvidenceCollector, RemembersTheLastFinOfEachDirection) {
  EXPECT_EQ(
      in_sandbox([]() -> std::string {
        CaptureSource source = CaptureSource::open();
        EvidenceCollector evidence(&source);
        Caller caller;
        std::istringstream script(
            "socket l\nbind l 127.0.0.1:12000\nlisten l\nsocket c\nbind c 127.0.0.1:40000\n"
            "connect c 127.0.0.1:12000\naccept l s\nsend c 3\nshutdown c write\n");
        for (std::string line; std::getline(script, line);) {
          std::istringstream words(line);
          caller.make(parse_call(std::vector<std::string>{std::istream_iterator<std::string>(words),
                                                          std::istream_iterator<std::string>()}));
        }
        const Deadline deadline = Deadline::after(std::chrono::seconds(10));
        while (evidence.last_fin(kClient, kServer) == nullptr && !deadline.expired())
          evidence.take_segments();
        const SegmentArrived* fin = evidence.last_fin(kClient, kServer);
        if (fin == nullptr) return source.refusal + "no FIN";
        return fin->segment.from.text() + " " + flags_text(fin->segment.flags) +
               (evidence.last_fin(kServer, kClient) == nullptr ? "" : ", and an answer");
      }),
      "127.0.0.1:40000 FIN, ACK");
}

}  // namespace
}  // namespace timewait
