#include "harness/kernel/packet_capture.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>

#include "harness/base/error.h"
#include "harness/kernel/loopback.h"
#include "harness/kernel/segment.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

/// A socket that sends to a socket of its own.
class Sender {
 public:
  Sender() {
    const Endpoint there = *Endpoint::parse("127.0.0.1:12000");
    bind(receiver_.get(), there);
    connect(sender_.get(), there);
  }

  void send(const std::string& text) const {
    check(::send(sender_.get(), text.data(), text.size(), 0), "send()");
  }

 private:
  UniqueFd receiver_{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  UniqueFd sender_{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

/// The lengths of what was captured, "4 2 ".
std::string lengths_in(PacketCapture& capture) {
  std::string text;
  capture.drain([&](const Frame& frame) {
    const auto segment = decode_segment(frame.bytes);
    text += segment ? std::to_string(segment->length) + " " : "? ";
  });
  return text;
}

TEST(PacketCapture, KeepsWhatCameWhileNobodyAsked) {
  EXPECT_EQ(in_sandbox([] {
              PacketCapture capture;
              const Sender sender;
              sender.send("four");
              sender.send("to");
              const std::string first = lengths_in(capture);
              sender.send("six...");
              return first + "then " + lengths_in(capture) + std::to_string(capture.dropped());
            }),
            "4 2 then 6 0");
}

TEST(PacketCapture, IsReadableWhenSomethingCame) {
  EXPECT_EQ(in_sandbox([] {
              PacketCapture capture;
              const auto is_readable = [&] {
                pollfd event{.fd = capture.fd(), .events = POLLIN, .revents = 0};
                return std::to_string(::poll(&event, 1, 0));
              };
              const Sender sender;
              const std::string before = is_readable();
              sender.send("x");
              const std::string between = is_readable();
              lengths_in(capture);
              return before + between + is_readable();
            }),
            "010");
}

TEST(PacketCapture, StampsWithOurClock) {
  EXPECT_EQ(in_sandbox([]() -> std::string {
              PacketCapture capture;
              const Sender sender;
              const auto before = Clock::now();
              sender.send("x");
              const auto after = Clock::now();
              const auto tolerance = std::chrono::milliseconds(1);
              std::string answer = "nothing came";
              capture.drain([&](const Frame& frame) {
                const bool fits = frame.at > before - tolerance && frame.at < after + tolerance;
                answer = fits ? "between" : "outside";
              });
              return answer;
            }),
            "between");
}

TEST(PacketCapture, GoesOnAfterTheLoopbackWasDown) {
  EXPECT_EQ(in_sandbox([] {
              PacketCapture capture;
              const Sender sender;
              sender.send("1");
              set_loopback(false);
              sender.send("22");
              const std::string first = lengths_in(capture);
              set_loopback(true);
              sender.send("333");
              return first + "then " + lengths_in(capture);
            }),
            "1 then 3 ");
}

TEST(PacketCapture, CountsWhatItHadToDrop) {
  EXPECT_EQ(in_sandbox([] {
              PacketCapture capture;
              const Sender sender;
              constexpr int kFlood = 20'000;
              for (int i = 0; i < kFlood; ++i) sender.send("x");
              std::size_t kept = 0;
              capture.drain([&](const Frame&) { ++kept; });
              const bool adds_up = capture.dropped() > 0 && kept > 100 && kept < kFlood;
              return std::string(adds_up ? "some dropped" : "none dropped");
            }),
            "some dropped");
}

TEST(PacketCapture, IsRefusedWithoutPrivilegeOverTheNetwork) {
  EXPECT_EQ(in_sandbox([]() -> std::string {
              if (::unshare(CLONE_NEWUSER) != 0) return "segments cannot be captured: no unshare";
              try {
                const PacketCapture capture;
                return "it was opened";
              } catch (const CannotRunHere& refusal) {
                return std::string(refusal.what()).substr(0, 29);
              }
            }).substr(0, 28),
            "segments cannot be captured:");
}

}  // namespace
}  // namespace timewait
