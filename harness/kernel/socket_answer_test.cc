#include "harness/kernel/socket_answer.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <cerrno>
#include <cstring>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr SocketRequest kRequest{.sequence = 7, .port_id = 0};

inet_diag_msg time_wait_message() {
  inet_diag_msg message{};
  message.idiag_family = AF_INET;
  message.idiag_state = static_cast<std::uint8_t>(TcpState::time_wait);
  message.idiag_timer = static_cast<std::uint8_t>(SocketTimer::time_wait);
  message.idiag_expires = 59'990;
  message.id.idiag_sport = htons(12000);
  message.id.idiag_dport = htons(40000);
  message.id.idiag_src[0] = htonl(INADDR_LOOPBACK);
  message.id.idiag_dst[0] = htonl(INADDR_LOOPBACK);
  return message;
}

/// A netlink message with `body`, of which only `size` bytes are there.
template <typename Body>
std::vector<char> answer(std::uint16_t type, const Body& body, int flags = NLM_F_MULTI,
                         std::size_t size = sizeof(Body)) {
  nlmsghdr header{};
  header.nlmsg_len = static_cast<std::uint32_t>(sizeof header + size);
  header.nlmsg_type = type;
  header.nlmsg_flags = static_cast<std::uint16_t>(flags);
  header.nlmsg_seq = kRequest.sequence;
  std::vector<char> bytes(sizeof header + size);
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, &body, size);
  return bytes;
}

/// What is said when an answer is read that must not be.
std::string refusal(const std::vector<char>& bytes) try {
  std::vector<SocketEntry> entries;
  read_socket_answer(bytes, kRequest, entries);
  return "";
} catch (const Error& error) {
  return error.what();
}

TEST(SocketAnswer, HasEntriesAndSaysThatMoreFollow) {
  std::vector<SocketEntry> entries;
  EXPECT_EQ(read_socket_answer(answer(SOCK_DIAG_BY_FAMILY, time_wait_message()), kRequest, entries),
            SocketAnswer::more);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].state, TcpState::time_wait);
  EXPECT_EQ(entries[0].local.text(), "127.0.0.1:12000");
  EXPECT_EQ(entries[0].remote.text(), "127.0.0.1:40000");
  EXPECT_EQ(entries[0].timer_left.count(), 59'990);
}

TEST(SocketAnswer, SaysThatItIsTheLast) {
  std::vector<SocketEntry> entries;
  EXPECT_EQ(read_socket_answer(answer(NLMSG_DONE, 0), kRequest, entries), SocketAnswer::last);
}

TEST(SocketAnswer, SaysThatTheTableChangedMeanwhile) {
  std::vector<SocketEntry> entries;
  const auto bytes =
      answer(SOCK_DIAG_BY_FAMILY, time_wait_message(), NLM_F_MULTI | NLM_F_DUMP_INTR);
  EXPECT_EQ(read_socket_answer(bytes, kRequest, entries), SocketAnswer::changed);
}

TEST(SocketAnswer, OfAnErrorIsOne) {
  nlmsgerr body{};
  body.error = -EPERM;
  EXPECT_EQ(refusal(answer(NLMSG_ERROR, body)), "sock_diag: Operation not permitted");
}

TEST(SocketAnswer, IsNotReadBeyondItsEnd) {
  EXPECT_EQ(refusal(answer(SOCK_DIAG_BY_FAMILY, time_wait_message(), NLM_F_MULTI, 20)),
            "the kernel's answer about its socket table is cut off");
}

TEST(SocketAnswer, WhoseLengthIsBeyondAnyBufferIsNotFollowed) {
  auto bytes = answer(SOCK_DIAG_BY_FAMILY, time_wait_message());
  for (const std::uint32_t length : {0U, 15U, 1000U, 0x80000010U, 0xffffffffU}) {
    std::memcpy(bytes.data(), &length, sizeof length);
    EXPECT_EQ(refusal(bytes), "the kernel's answer about its socket table is cut off") << length;
  }
  bytes = answer(NLMSG_NOOP, 0);
  bytes.push_back(0);
  EXPECT_EQ(refusal(bytes), "the kernel's answer about its socket table is cut off");
}

TEST(SocketAnswer, MustSpeakOfWhatThisProgramKnows) {
  inet_diag_msg state = time_wait_message();
  state.idiag_state = 77;
  EXPECT_EQ(refusal(answer(SOCK_DIAG_BY_FAMILY, state)),
            "the kernel's socket table has the state 77, which this version of timewait does not "
            "know");
  inet_diag_msg timer = time_wait_message();
  timer.idiag_timer = 9;
  EXPECT_EQ(refusal(answer(SOCK_DIAG_BY_FAMILY, timer)),
            "the kernel's socket table has the timer 9, which this version of timewait does not "
            "know");
  inet_diag_msg family = time_wait_message();
  family.idiag_family = AF_UNIX;
  EXPECT_EQ(refusal(answer(SOCK_DIAG_BY_FAMILY, family)),
            "the kernel's socket table has an address of family 1");
}

}  // namespace
}  // namespace timewait
