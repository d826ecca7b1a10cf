// Runs a command where something is forbidden that the harness would like to have, for tests:
//
//   under_condition CONDITION... -- COMMAND...
//
// Conditions come into force in the order in which they are named. Of those that need root it is
// enough to be root of a user namespace, `user:0` makes one. Nothing outside is changed.
// Exit status kNotHere: this machine does not let us make the condition; stderr says why.

#include <errno.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/cli/under_condition.h"

using namespace timewait;

namespace {

constexpr std::uint32_t kNamespaces =
    CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS;

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  if (!(file << text << std::flush)) throw_system_error("write(" + path + ")");
}

/// A call that is refused: any, or one whose argument has one of these bits or just this value.
struct RefusedCall {
  long number;
  int error;
  enum class Argument { any, has_bit_of, equals } argument = Argument::any;
  int index = 0;
  std::uint32_t value = 0;
};

/// Argument numbers are those of a little-endian machine.
void refuse(const std::vector<RefusedCall>& calls) {
  std::vector<sock_filter> program;
  for (const RefusedCall& call : calls) {
    const bool any = call.argument == RefusedCall::Argument::any;
    const auto offset = offsetof(seccomp_data, args) + static_cast<std::size_t>(call.index) * 8;
    const std::uint16_t test = call.argument == RefusedCall::Argument::equals ? BPF_JEQ : BPF_JSET;
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call.number),
                               0, static_cast<std::uint8_t>(any ? 1 : 3)));
    if (!any) {
      program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
      program.push_back(
          BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | test | BPF_K), call.value, 0, 1));
    }
    program.push_back(
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(call.error)));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter{.len = static_cast<unsigned short>(program.size()),
                          .filter = program.data()};
  check(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)");
  check(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter), "seccomp()");
}

/// As Docker's filter does it: clone3() hides its flags in memory, so there is none.
void refuse_namespaces() {
  using enum RefusedCall::Argument;
  refuse({{SYS_clone3, ENOSYS},
          {SYS_clone, EPERM, has_bit_of, 0, kNamespaces},
          {SYS_unshare, EPERM, has_bit_of, 0, kNamespaces}});
}

void refuse_sockets_of(int family, int error) {
  refuse(
      {{SYS_socket, error, RefusedCall::Argument::equals, 0, static_cast<std::uint32_t>(family)}});
}

/// A user namespace of its own, in which we are this user and nobody else is there.
void enter_user_namespace(const std::string& user) {
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  check(::unshare(CLONE_NEWUSER), "unshare(CLONE_NEWUSER)");
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", user + " " + std::to_string(uid) + " 1");
  write_file("/proc/self/gid_map", user + " " + std::to_string(gid) + " 1");
}

void become_nobody() {
  constexpr uid_t kNobody = 65534;
  if (::geteuid() != 0) return;
  check(::setgroups(0, nullptr), "setgroups()");
  check(::setresgid(kNobody, kNobody, kNobody), "setresgid()");
  check(::setresuid(kNobody, kNobody, kNobody), "setresuid()");
  // What was root before must not be looked into, and its files in /proc stay root's.
  check(::prctl(PR_SET_DUMPABLE, 1), "prctl(PR_SET_DUMPABLE)");
}

void enter_network() {
  check(::unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)");
  const UniqueFd fd(check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket()"));
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP;
  check(::ioctl(fd.get(), SIOCSIFFLAGS, &request), "ioctl(SIOCSIFFLAGS)");
}

/// No condition, but what one is to be compared with: that nothing of this is refused.
void check_that_namespaces_work() {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      enter_user_namespace("0");
      enter_network();
      ::_exit(EXIT_SUCCESS);
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(EXIT_FAILURE);
    }
  }
  int status = EXIT_FAILURE;
  ::waitpid(child, &status, 0);
  if (status != EXIT_SUCCESS) throw Error("namespaces do not work here");
}

void enter_mounts() {
  check(::unshare(CLONE_NEWNS), "unshare(CLONE_NEWNS)");
  check(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "mount(private)");
}

void make_read_only(const char* path) {
  enter_mounts();
  check(::mount(path, path, nullptr, MS_BIND | MS_REC, nullptr), "mount(bind)");
  check(::mount(nullptr, path, nullptr,
                MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr),
        "mount(read-only)");
}

void hide_proc() {
  enter_mounts();
  check(::mount("none", "/proc", "tmpfs", MS_RDONLY, nullptr), "mount(/proc)");
}

void drop_capability(int number) {
  check(::prctl(PR_CAPBSET_DROP, number, 0, 0, 0), "prctl(PR_CAPBSET_DROP)");
}

void make(const std::string& condition) {
  constexpr int kNetRaw = 13;
  const auto colon = condition.find(':');
  const std::string name = condition.substr(0, colon);
  const std::string value = colon == std::string::npos ? "" : condition.substr(colon + 1);
  if (name == "nobody") return become_nobody();
  if (name == "user") return enter_user_namespace(value);
  if (name == "namespaces-work") return check_that_namespaces_work();
  if (name == "network") return enter_network();
  if (name == "sysctl") {
    const auto equals = value.find('=');
    return write_file("/proc/sys/" + value.substr(0, equals), value.substr(equals + 1));
  }
  if (name == "no-namespaces") return refuse_namespaces();
  if (name == "no-netlink") return refuse_sockets_of(AF_NETLINK, EPERM);
  if (name == "no-ipv6") return refuse_sockets_of(AF_INET6, EAFNOSUPPORT);
  if (name == "no-capture") return drop_capability(kNetRaw);
  if (name == "no-link-up")
    return refuse({{SYS_ioctl, EPERM, RefusedCall::Argument::equals, 1, SIOCSIFFLAGS}});
  if (name == "read-only") return make_read_only(value.c_str());
  if (name == "no-proc") return hide_proc();
  throw BadInput("no condition " + condition);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    int word = 1;
    for (; word < argc && std::strcmp(argv[word], "--") != 0; ++word) make(argv[word]);
    if (word + 1 >= argc) throw BadInput("usage: under_condition CONDITION... -- COMMAND...");
    ::execvp(argv[word + 1], argv + word + 1);
    throw_system_error("exec()");
  } catch (const Error& error) {
    std::fprintf(stderr, "under_condition: %s\n", error.what());
    return kConditionNotHere;
  }
}
