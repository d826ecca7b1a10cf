#include "harness/kernel/raw_segment.h"

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/socket.h>

#include <array>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/kernel/segment.h"
#include "harness/kernel/test_frame.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

const Segment kFin{.from = *Endpoint::parse("127.0.0.1:40000"),
                   .to = *Endpoint::parse("127.0.0.1:12000"),
                   .flags = 0x11,
                   .sequence = 7,
                   .acknowledgement = 9,
                   .length = 3};

/// The segment that a frame with these TCP bytes would have.
Segment segment_of(const Segment& like, const std::string& tcp_bytes) {
  std::string frame = frame_of(like);
  const std::size_t header = frame.size() - timewait::tcp_bytes_of(frame).size();
  return decode_segment(frame.substr(0, header) + tcp_bytes).value();
}

TEST(RawSegment, IsFoundInItsFrame) {
  Segment six = kFin;
  six.from = *Endpoint::parse("[::1]:40000");
  six.to = *Endpoint::parse("[::1]:12000");
  for (const Segment& segment : {kFin, six}) {
    const std::string bytes = tcp_bytes_of(frame_of(segment));
    EXPECT_EQ(bytes.size(), 23u) << segment.from.text();
    EXPECT_EQ(segment_of(segment, bytes), segment);
  }
  EXPECT_EQ(tcp_bytes_of(frame_of(kFin, {.ip_options = std::string(8, '\1')})).size(), 23u);
}

TEST(RawSegment, IsNotTakenFromAFrameThatWasCutOff) {
  const std::string frame = frame_of(kFin);
  for (std::size_t size = 0; size < frame.size(); ++size)
    EXPECT_EQ(tcp_bytes_of(frame.substr(0, size)), "") << size;
}

TEST(RawSegment, OfAResetSaysWhatItIsToSay) {
  const Segment reset =
      segment_of({.from = kFin.from, .to = kFin.to}, reset_bytes(kFin.from, kFin.to, 11, 9));
  EXPECT_EQ(flags_text(reset.flags), "RST, ACK");
  EXPECT_EQ(reset.from, kFin.from);
  EXPECT_EQ(reset.to, kFin.to);
  EXPECT_EQ(reset.sequence, 11u);
  EXPECT_EQ(reset.acknowledgement, 9u);
}

/// The flags of the segments that arrive when a lone ACK is sent to a port where nobody is.
std::string flags_after_an_ack(const char* from, const char* to) {
  return in_sandbox([&]() -> std::string {
    const Segment ack{.from = *Endpoint::parse(from), .to = *Endpoint::parse(to), .flags = 0x10};
    const bool is_ipv4 = ack.from.family() == AF_INET;
    const UniqueFd raw(::socket(ack.from.family(), SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP));
    std::string bytes = tcp_bytes_of(frame_of(ack));
    bytes[16] = 'x';  // the checksum is made anew
    send_segment(ack.from, ack.to, bytes);
    std::string flags;
    for (std::array<char, 256> packet{};
         ::recv(raw.get(), packet.data(), packet.size(), MSG_DONTWAIT) > 0;)
      flags += "[" + flags_text(static_cast<std::uint8_t>(packet[is_ipv4 ? 33 : 13])) + "]";
    return flags;
  });
}

TEST(RawSegment, ArrivesWithARightChecksum) {
  EXPECT_EQ(flags_after_an_ack("127.0.0.1:40000", "127.0.0.1:12000"), "[ACK][RST]");
  EXPECT_EQ(flags_after_an_ack("[::1]:40000", "[::1]:12000"), "[ACK][RST]");
}

TEST(RawSegment, IsOnlyForTheRootOfItsNamespaceToSend) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(in_sandbox([]() -> std::string {
              check(::unshare(CLONE_NEWUSER), "unshare()");
              send_segment(kFin.from, kFin.to, tcp_bytes_of(frame_of(kFin)));
              return "sent";
            }),
            "the kernel refuses a raw socket (CAP_NET_RAW)");
}

}  // namespace
}  // namespace timewait
