#include "harness/report/event_words.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "harness/report/record_story.h"

namespace timewait {
namespace {

constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kRst = 0x04;
constexpr std::uint8_t kAck = 0x10;
constexpr std::uint8_t kFinAck = 0x11;
constexpr std::uint8_t kPshAck = 0x18;

Segment tcp(std::uint8_t flags, std::uint32_t length = 0) {
  return {.from = endpoint("127.0.0.1:12000"),
          .to = endpoint("127.0.0.1:40312"),
          .flags = flags,
          .sequence = 41,
          .acknowledgement = 42,
          .length = length};
}

TEST(SegmentWords, SayFlagsAndNumbersOrLength) {
  EXPECT_EQ(segment_words(tcp(kSyn)), "SYN");
  EXPECT_EQ(segment_words(tcp(kSyn | kAck)), "SYN, ACK");
  EXPECT_EQ(segment_words(tcp(kAck)), "ACK seq 41 ack 42");
  EXPECT_EQ(segment_words(tcp(kFinAck)), "FIN, ACK seq 41 ack 42");
  EXPECT_EQ(segment_words(tcp(kRst)), "RST seq 41");
  EXPECT_EQ(segment_words(tcp(kPshAck, 40)), "PSH, ACK 40 bytes");
  EXPECT_EQ(segment_words(tcp(0)), "none seq 41");
}

TEST(SegmentWords, SayWhatIsNotTcp) {
  EXPECT_EQ(segment_words({.kind = Segment::Kind::udp, .length = 5}), "UDP 5 bytes");
  EXPECT_EQ(segment_words({.kind = Segment::Kind::other, .length = 41}),
            "neither TCP nor UDP, 41 bytes");
}

TEST(EndsWords, SayWhereASegmentGoes) {
  Segment segment = tcp(kSyn);
  EXPECT_EQ(ends_words(segment), "127.0.0.1:12000 to 127.0.0.1:40312");
  segment.to = segment.from;
  EXPECT_EQ(ends_words(segment), "to itself");
  segment.kind = Segment::Kind::other;
  EXPECT_EQ(ends_words(segment), "127.0.0.1 to 127.0.0.1");
}

TEST(CallWords, SayArgumentsResultAndErrno) {
  EXPECT_EQ(call_words({.call = SocketCall::socket, .arguments = "tcp", .value = 9}),
            "socket(tcp) = 9");
  EXPECT_EQ(call_words({.call = SocketCall::bind,
                        .arguments = "0.0.0.0:12000",
                        .value = -1,
                        .error = EADDRINUSE}),
            "bind(0.0.0.0:12000) = -1 EADDRINUSE");
}

TEST(StateWords, SayWhatIsThereOrThatItIsGone) {
  const SocketEntry listener = entry(TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0");
  const SocketEntry waiting = entry(TcpState::time_wait, "127.0.0.1:12000", "127.0.0.1:40312");
  EXPECT_EQ(state_words({.before = listener, .after = waiting}), "TIME_WAIT");
  EXPECT_EQ(state_words({.before = waiting, .after = {}}), "(gone)");
  EXPECT_EQ(state_words({.before = listener, .after = {}}), "LISTEN gone");
}

TEST(ChangeWords, NameTheEntryAndItsStates) {
  SocketEntry listening = listener();
  const SocketEntry waiting = time_wait_entry("127.0.0.1:12000", "127.0.0.1:40312");
  const SocketEntry closing = entry(TcpState::fin_wait2, "127.0.0.1:12000", "127.0.0.1:40312");
  EXPECT_EQ(change_words({.before = {}, .after = listening}), "server 0.0.0.0:12000: LISTEN");
  EXPECT_EQ(change_words({.before = listening, .after = {}}),
            "server 0.0.0.0:12000: LISTEN -> gone");
  EXPECT_EQ(change_words({.before = closing, .after = waiting}),
            "127.0.0.1:12000 -> 127.0.0.1:40312: FIN_WAIT2 -> TIME_WAIT");
  listening.protocol = Protocol::udp;
  listening.state = TcpState::bound;
  EXPECT_EQ(change_words({.before = {}, .after = listening}), "server udp 0.0.0.0:12000: BOUND");
}

TEST(ProcessWords, CanBeReadAfterAName) {
  const struct {
    ProcessChange change;
    const char* detail;
    const char* words;
  } rows[] = {
      {ProcessChange::started, "/opt/a/peer --at /tmp/x", "starts peer --at /tmp/x"},
      {ProcessChange::started, "peer", "starts peer"},
      {ProcessChange::forked, "", "is forked"},
      {ProcessChange::executed, "/opt/a/peer", "executes peer"},
      {ProcessChange::signalled, "SIGKILL", "gets SIGKILL"},
      {ProcessChange::stopped, "", "stops"},
      {ProcessChange::continued, "", "goes on"},
      {ProcessChange::ended, "exit 0", "ends, exit 0"},
      {ProcessChange::ended, "", "ends"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(process_words({.actor = "server", .change = row.change, .detail = row.detail}),
              row.words);
}

}  // namespace
}  // namespace timewait
