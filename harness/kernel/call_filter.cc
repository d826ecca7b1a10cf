#include "harness/kernel/call_filter.h"

#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// A call that is not made. Only native programs run here, so the numbers are those of one
/// architecture.
struct IgnoredCall {
  std::string_view name;
  long number = 0;
  std::optional<int> option;  ///< of SOL_SOCKET; nothing: the whole call is ignored
};

IgnoredCall ignored_call(KernelMutation mutation) {
  switch (mutation) {
    case KernelMutation::no_reuseaddr:
      return {"SO_REUSEADDR", SYS_setsockopt, SO_REUSEADDR};
    case KernelMutation::no_reuseport:
      return {"SO_REUSEPORT", SYS_setsockopt, SO_REUSEPORT};
    case KernelMutation::no_linger:
      return {"SO_LINGER", SYS_setsockopt, SO_LINGER};
    case KernelMutation::no_keepalive:
      return {"SO_KEEPALIVE", SYS_setsockopt, SO_KEEPALIVE};
    case KernelMutation::no_broadcast:
      return {"SO_BROADCAST", SYS_setsockopt, SO_BROADCAST};
    case KernelMutation::no_shutdown:
      return {"shutdown", SYS_shutdown, std::nullopt};
  }
  return {};
}

/// Where the lower half of argument `index` lies; all that is asked for are ints.
std::uint32_t argument_offset(std::size_t index) {
  const std::size_t half = std::endian::native == std::endian::big ? sizeof(std::uint32_t) : 0;
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + index * sizeof(std::uint64_t) +
                                    half);
}

/// The instructions that let a call through unless the word at an offset has the right value.
class FilterProgram {
 public:
  void require(std::uint32_t offset, std::uint32_t value) {
    checks_.push_back({.offset = offset, .value = value});
  }

  /// What passes every check gets 0 for an answer.
  std::vector<sock_filter> instructions() const {
    std::vector<sock_filter> all;
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      const std::size_t to_the_end = 2 * (checks_.size() - i - 1) + 1;
      all.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, checks_[i].offset));
      all.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, checks_[i].value, 0,
                             static_cast<std::uint8_t>(to_the_end)));
    }
    all.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO));  // no errno: the answer is 0
    all.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    return all;
  }

 private:
  struct Check {
    std::uint32_t offset = 0;
    std::uint32_t value = 0;
  };
  std::vector<Check> checks_;
};

}  // namespace

std::string_view ignored_by(KernelMutation mutation) { return ignored_call(mutation).name; }

void install_call_filter(KernelMutation mutation) {
  const IgnoredCall call = ignored_call(mutation);
  FilterProgram program;
  program.require(offsetof(seccomp_data, nr), static_cast<std::uint32_t>(call.number));
  if (call.option) {
    program.require(argument_offset(1), SOL_SOCKET);
    program.require(argument_offset(2), static_cast<std::uint32_t>(*call.option));
  }
  std::vector<sock_filter> instructions = program.instructions();
  const sock_fprog filter{.len = static_cast<unsigned short>(instructions.size()),
                          .filter = instructions.data()};
  // A filter could make a setuid program do harm, so it is only for those who gain nothing by exec.
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) < 0)
    throw CannotRunHere(
        fmt::format("the kernel takes no filter for calls: {}", std::strerror(errno)));
}

}  // namespace timewait
