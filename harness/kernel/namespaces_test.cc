#include "harness/kernel/namespaces.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "harness/base/deadline.h"
#include "harness/base/error.h"
#include "harness/base/open_descriptors.h"
#include "harness/kernel/socket_table.h"
#include "harness/kernel/user_namespace_probe.h"

namespace timewait {
namespace {

constexpr unsigned long kNewNamespaces = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID;
constexpr Duration kPatience = std::chrono::seconds(10);

/// Longer than any test waits: a process that should have been killed ends then at the latest.
constexpr Duration kLifetime = 3 * kPatience;

/// What `body` returns in a child in the namespaces of `flags`: its exit status; -1 when it was
/// killed.
int exit_status_of(unsigned long flags, const std::function<int()>& body) {
  const ClonedProcess child = clone_into(flags);
  if (child.pid == 0) ::_exit(body());
  siginfo_t how{};
  check(::waitid(P_PIDFD, static_cast<id_t>(child.pidfd.get()), &how, WEXITED), "waitid()");
  return how.si_code == CLD_EXITED ? how.si_status : -1;
}

UniqueFd pidfd_of_this_process() {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
}

/// What comes through the pipe until all who could write to it are gone; "..." at the end of what
/// came while somebody could.
std::string read_all(const UniqueFd& fd) {
  const Deadline deadline = Deadline::after(kPatience);
  std::string text;
  pollfd readable{.fd = fd.get(), .events = POLLIN, .revents = 0};
  while (::poll(&readable, 1, poll_timeout(deadline.remaining())) == 1) {
    char byte = 0;
    if (::read(fd.get(), &byte, 1) != 1) return text;
    text += byte;
  }
  return text + "...";
}

TEST(CloneInto, ReturnsInBothProcessesAsForkDoes) {
  const pid_t parent = ::getpid();
  EXPECT_EQ(exit_status_of(0, [&] { return ::getppid() == parent ? 7 : 1; }), 7);
}

TEST(CloneInto, MakesTheFirstProcessOfAPidNamespace) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(exit_status_of(kNewNamespaces, [] { return ::getpid() == 1 ? 0 : 1; }), 0);
}

TEST(CloneInto, MakesANetworkWithoutTheSocketsOfTheOldOne) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  ASSERT_FALSE(SocketTable().read().empty());
  EXPECT_EQ(exit_status_of(kNewNamespaces, [] { return SocketTable().read().empty() ? 0 : 1; }), 0);
}

TEST(CloneInto, GivesAPidfdThatTellsOfTheEnd) {
  const ClonedProcess child = clone_into(0);
  if (child.pid == 0) ::_exit(0);
  pollfd ended{.fd = child.pidfd.get(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&ended, 1, poll_timeout(kPatience)), 1);
  EXPECT_EQ(::waitpid(child.pid, nullptr, 0), child.pid);
}

TEST(CloneInto, LeavesNoDescriptorAlsoWhenTheKernelRefuses) {
  const auto before = open_descriptors();
  exit_status_of(0, [] { return 0; });
  EXPECT_THAT([] { clone_into(CLONE_NEWUSER | CLONE_FS); },
              testing::ThrowsMessage<SystemError>("clone3(): Invalid argument"));
  EXPECT_EQ(open_descriptors(), before);
}

TEST(BecomeRootOfUserNamespace, MakesTheCallerRootThere) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  EXPECT_EQ(exit_status_of(kNewNamespaces,
                           [&] {
                             if (::geteuid() == 0) return 1;
                             become_root_of_user_namespace(uid, gid);
                             return ::geteuid() == 0 && ::getegid() == 0 ? 0 : 2;
                           }),
            0);
}

TEST(BecomeRootOfUserNamespace, SaysWhichFileRefusedWhat) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const uid_t not_ours = ::geteuid() + 1;
  EXPECT_EQ(exit_status_of(CLONE_NEWUSER,
                           [&] {
                             try {
                               become_root_of_user_namespace(not_ours, ::getegid());
                               return 1;
                             } catch (const SystemError& error) {
                               const std::string file = "write(/proc/self/uid_map, 0 ";
                               return std::string(error.what()).starts_with(file) ? 0 : 2;
                             }
                           }),
            0);
}

TEST(DieWithParent, KillsAProcessInOtherNamespacesWhenItsParentEnds) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  const int status = exit_status_of(0, [&] {
    const UniqueFd self = pidfd_of_this_process();
    const ClonedProcess inner = clone_into(kNewNamespaces);
    char ready = 0;
    if (inner.pid != 0) return ::read(read_end.get(), &ready, 1) == 1 ? 0 : 1;
    die_with_parent(self.get());
    if (::write(write_end.get(), "!", 1) != 1) return 1;
    ::poll(nullptr, 0, poll_timeout(kLifetime));
    return 0;
  });
  EXPECT_EQ(status, 0);
  write_end.reset();
  EXPECT_EQ(read_all(read_end), "");
}

TEST(DieWithParent, EndsAtOnceWhenTheParentEndedBefore) {
  const ClonedProcess parent = clone_into(0);
  if (parent.pid == 0) ::_exit(0);
  siginfo_t how{};
  ASSERT_EQ(::waitid(P_PIDFD, static_cast<id_t>(parent.pidfd.get()), &how, WEXITED | WNOWAIT), 0);
  EXPECT_EQ(exit_status_of(0,
                           [&] {
                             die_with_parent(parent.pidfd.get());
                             return 7;
                           }),
            1);
  EXPECT_EQ(::waitpid(parent.pid, nullptr, 0), parent.pid);
}

/// What a child sees in a new user namespace once its parent has tried to map all users.
int status_with_all_users(const std::function<int()>& body) {
  int ends[2];
  check(::pipe2(ends, O_CLOEXEC), "pipe2()");
  const UniqueFd told(ends[0]);
  const UniqueFd tell(ends[1]);
  const ClonedProcess child = clone_into(CLONE_NEWUSER);
  if (child.pid == 0) {
    char byte = 0;
    ::_exit(::read(told.get(), &byte, 1) == 1 ? body() : 1);
  }
  const bool are_mapped = map_all_users(child.pid);
  check(::write(tell.get(), are_mapped ? "y" : "n", 1), "write()");
  siginfo_t how{};
  check(::waitid(P_PIDFD, static_cast<id_t>(child.pidfd.get()), &how, WEXITED), "waitid()");
  return are_mapped ? how.si_status : -1;
}

TEST(MapAllUsers, MakesOtherUsersWhoHaveNoCapabilities) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const int status = status_with_all_users([] {
    if (::geteuid() != 0 || !has_user(1000) || ::seteuid(1000) != 0) return 1;
    if (::unshare(CLONE_NEWNET) == 0) return 2;
    return ::seteuid(0) == 0 && ::unshare(CLONE_NEWNET) == 0 ? 0 : 3;
  });
  if (status == -1) GTEST_SKIP() << "only root may map other users";
  EXPECT_EQ(status, 0);
}

TEST(MapAllUsers, IsRefusedToWhoHasOneUserOnly) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(exit_status_of(CLONE_NEWUSER,
                           [uid = ::geteuid(), gid = ::getegid()] {
                             become_root_of_user_namespace(uid, gid);
                             if (has_user(1000) || !has_user(0)) return 1;
                             const ClonedProcess child = clone_into(CLONE_NEWUSER);
                             if (child.pid == 0) ::_exit(0);
                             return map_all_users(child.pid) ? 2 : 0;
                           }),
            0);
}

}  // namespace
}  // namespace timewait
