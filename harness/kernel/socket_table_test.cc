#include "harness/kernel/socket_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <set>

#include "harness/base/deadline.h"
#include "harness/base/error.h"
#include "harness/base/open_descriptors.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using Entries = std::vector<SocketEntry>;

constexpr Duration kPatience = std::chrono::seconds(10);

void must(const CallResult& result) {
  if (!result.ok()) throw SystemError(result.arguments, result.error);
}

UniqueFd bound(const std::string& address, int type = SOCK_STREAM) {
  const Endpoint endpoint = *Endpoint::parse(address);
  UniqueFd fd(::socket(endpoint.family(), type | SOCK_CLOEXEC, 0));
  must(bind(fd.get(), endpoint));
  return fd;
}

UniqueFd listening(const std::string& address) {
  UniqueFd fd = bound(address);
  must(listen(fd.get(), 5));
  return fd;
}

UniqueFd connected(const std::string& from, const std::string& to) {
  UniqueFd fd = bound(from);
  must(connect(fd.get(), *Endpoint::parse(to)));
  return fd;
}

UniqueFd accepted(const UniqueFd& listener) {
  return UniqueFd(check(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4()"));
}

void read_end_of_stream(const UniqueFd& fd) {
  char byte = 0;
  if (::recv(fd.get(), &byte, 1, 0) != 0) throw Error("the other end has not closed");
}

/// One line an entry, sorted: "tcp LISTEN 127.0.0.1:12000 0.0.0.0:0".
std::string text_of(const Entries& entries) {
  std::set<std::string> lines;
  for (const SocketEntry& entry : entries)
    lines.insert(fmt::format("{} {} {} {}\n", kProtocols.name(entry.protocol),
                             kTcpStates.name(entry.state), entry.local.text(),
                             entry.remote.text()));
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

/// The first entry in `state`.
SocketEntry entry_in(TcpState state, const Entries& entries) {
  const auto found = std::ranges::find(entries, state, &SocketEntry::state);
  if (found == entries.end()) throw Error("there is none:\n" + text_of(entries));
  return *found;
}

/// The table once `wanted` holds for it, or else as it was at the end of our patience.
Entries entries_when(const std::function<bool(const Entries&)>& wanted) {
  SocketTable table;
  const Deadline deadline = Deadline::after(kPatience);
  Entries entries = table.read();
  while (!wanted(entries) && !deadline.expired()) entries = table.read();
  return entries;
}

Entries entries_when_there_is(TcpState state) {
  return entries_when([&](const Entries& entries) {
    return std::ranges::find(entries, state, &SocketEntry::state) != entries.end();
  });
}

TEST(SocketTable, IsEmptyInAFreshSandbox) {
  EXPECT_EQ(in_sandbox([] { return text_of(SocketTable().read(true)) + "nothing else"; }),
            "nothing else");
}

TEST(SocketTable, ShowsAListener) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd listener = listening("127.0.0.1:12000");
              return text_of(SocketTable().read());
            }),
            "tcp LISTEN 127.0.0.1:12000 0.0.0.0:0\n");
}

TEST(SocketTable, ShowsBothEndsOfAConnection) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd listener = listening("0.0.0.0:12000");
              const UniqueFd client = connected("127.0.0.1:40000", "127.0.0.1:12000");
              const UniqueFd server = accepted(listener);
              return text_of(SocketTable().read());
            }),
            "tcp ESTABLISHED 127.0.0.1:12000 127.0.0.1:40000\n"
            "tcp ESTABLISHED 127.0.0.1:40000 127.0.0.1:12000\n"
            "tcp LISTEN 0.0.0.0:12000 0.0.0.0:0\n");
}

TEST(SocketTable, ShowsBothFamilies) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd loopback = listening("[::1]:12000");
              const UniqueFd wildcard = listening("[::]:13000");
              const UniqueFd client = connected("127.0.0.1:40000", "127.0.0.1:13000");
              const UniqueFd server = accepted(wildcard);
              return text_of(SocketTable().read());
            }),
            "tcp ESTABLISHED 127.0.0.1:40000 127.0.0.1:13000\n"
            "tcp ESTABLISHED [::ffff:127.0.0.1]:13000 [::ffff:127.0.0.1]:40000\n"
            "tcp LISTEN [::1]:12000 [::]:0\n"
            "tcp LISTEN [::]:13000 [::]:0\n");
}

TEST(SocketTable, ShowsTimeWaitWithATimerAndWithoutAnOwner) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd listener = listening("127.0.0.1:12000");
              UniqueFd client = connected("127.0.0.1:40000", "127.0.0.1:12000");
              accepted(listener).reset();
              read_end_of_stream(client);
              client.reset();
              const Entries entries = entries_when_there_is(TcpState::time_wait);
              const SocketEntry entry = entry_in(TcpState::time_wait, entries);
              const bool counts_down =
                  entry.timer_left.count() > 0 && entry.timer_left <= std::chrono::seconds(60);
              return fmt::format("{} {}, timer {} {}, inode {}", entry.local.text(),
                                 entry.remote.text(), kSocketTimers.name(entry.timer), counts_down,
                                 entry.inode);
            }),
            "127.0.0.1:12000 127.0.0.1:40000, timer time_wait true, inode 0");
}

TEST(SocketTable, ShowsAnOrphanInFinWait2AsAMiniSocket) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd listener = listening("127.0.0.1:12000");
              const UniqueFd client = connected("127.0.0.1:40000", "127.0.0.1:12000");
              accepted(listener).reset();
              read_end_of_stream(client);
              const Entries entries = entries_when_there_is(TcpState::fin_wait2);
              const SocketEntry orphan = entry_in(TcpState::fin_wait2, entries);
              const SocketEntry held = entry_in(TcpState::close_wait, entries);
              return fmt::format("timer {}, inodes {} and {}", kSocketTimers.name(orphan.timer),
                                 orphan.inode, held.inode != 0 ? "another" : "0");
            }),
            "timer time_wait, inodes 0 and another");
}

TEST(SocketTable, ShowsABoundSocketThatDoesNotListen) {
  if (!shows_bound_sockets()) GTEST_SKIP() << "this kernel is older than Linux 6.8";
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd fd = bound("127.0.0.1:12000");
              return text_of(SocketTable().read());
            }),
            "tcp BOUND 127.0.0.1:12000 0.0.0.0:0\n");
}

TEST(SocketTable, ShowsUdpOnDemand) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd fd = bound("127.0.0.1:12000", SOCK_DGRAM);
              const UniqueFd fd6 = bound("[::1]:12000", SOCK_DGRAM);
              const UniqueFd listener = listening("127.0.0.1:12000");
              SocketTable table;
              return text_of(table.read()) + "with UDP\n" + text_of(table.read(true));
            }),
            "tcp LISTEN 127.0.0.1:12000 0.0.0.0:0\n"
            "with UDP\n"
            "tcp LISTEN 127.0.0.1:12000 0.0.0.0:0\n"
            "udp BOUND 127.0.0.1:12000 0.0.0.0:0\n"
            "udp BOUND [::1]:12000 [::]:0\n");
}

TEST(SocketTable, KnowsSocketsByTheCookieAndInodeTheyHaveThemselves) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd fd = listening("127.0.0.1:12000");
              std::uint64_t cookie = 0;
              socklen_t size = sizeof cookie;
              check(::getsockopt(fd.get(), SOL_SOCKET, SO_COOKIE, &cookie, &size), "SO_COOKIE");
              struct stat status {};
              check(::fstat(fd.get(), &status), "fstat()");
              const SocketEntry entry = entry_in(TcpState::listen, SocketTable().read());
              return fmt::format("cookie {}, inode {}, uid {}", entry.cookie == cookie,
                                 entry.inode == status.st_ino, entry.uid);
            }),
            "cookie true, inode true, uid 0");
}

TEST(SocketTable, TellsWhatIsUnreadAndWhatIsNotAccepted) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd listener = listening("127.0.0.1:12000");
              const UniqueFd client = connected("127.0.0.1:40000", "127.0.0.1:12000");
              check(::send(client.get(), "hello", 5, 0), "send()");
              const Entries entries = entries_when([](const Entries& all) {
                return std::ranges::find(all, 5u, &SocketEntry::unread) != all.end();
              });
              const auto server = std::ranges::find(entries, 5u, &SocketEntry::unread);
              return fmt::format("{} to accept, inode {}",
                                 entry_in(TcpState::listen, entries).unread, server->inode);
            }),
            "1 to accept, inode 0");
}

TEST(SocketTable, DoesNotCountAFinAsAByte) {
  EXPECT_EQ(in_sandbox([] {
              const UniqueFd listener = listening("127.0.0.1:12000");
              UniqueFd client = connected("127.0.0.1:40000", "127.0.0.1:12000");
              check(::send(client.get(), "hello", 5, 0), "send()");
              client.reset();
              const Entries entries = entries_when([](const Entries& all) {
                return std::ranges::find(all, TcpState::close_wait, &SocketEntry::state) !=
                       all.end();
              });
              return fmt::format("{} unread", entry_in(TcpState::close_wait, entries).unread);
            }),
            "5 unread");
}

TEST(SocketTable, ReadsMoreThanOneMessageHolds) {
  EXPECT_EQ(in_sandbox([] {
              constexpr std::size_t kCount = 500;
              std::vector<UniqueFd> listeners;
              while (listeners.size() < kCount) listeners.push_back(listening("127.0.0.1:0"));
              SocketTable table;
              std::set<std::uint64_t> cookies;
              for (const SocketEntry& entry : table.read()) cookies.insert(entry.cookie);
              return fmt::format("{} entries, then {}", cookies.size(), table.read().size());
            }),
            "500 entries, then 500");
}

TEST(SocketTable, GivesItsDescriptorBack) {
  const auto before = open_descriptors();
  {
    SocketTable table;
    table.read(true);
    EXPECT_EQ(open_descriptors(), before + 1);
  }
  EXPECT_EQ(open_descriptors(), before);
}

/// What is said when no descriptor is left for the table.
std::string refusal_without_descriptors() {
  try {
    const FewDescriptors none(0);
    const SocketTable table;
    return "it was made";
  } catch (const CannotRunHere& reason) {
    return reason.what();
  }
}

TEST(SocketTable, SaysWhyTheKernelRefusesItAndLeavesNoDescriptor) {
  EXPECT_EQ(in_sandbox([] {
              const auto before = open_descriptors();
              const std::string refusal = refusal_without_descriptors();
              return refusal + (open_descriptors() == before ? "" : ", and a leak");
            }),
            "the kernel does not show its socket table: socket(NETLINK_SOCK_DIAG): Too many open "
            "files");
}

}  // namespace
}  // namespace timewait
