#include "harness/kernel/socket_options.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

constexpr int kLastDescriptor = 256;
constexpr int kWidestGap = 32;

/// A copy of another process's descriptor; empty, with errno, when there is none to be had.
UniqueFd borrow(int pidfd, int number) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_getfd, pidfd, number, 0)));
}

template <typename Value>
std::optional<Value> option(int fd, int name) {
  Value value{};
  socklen_t size = sizeof value;
  if (::getsockopt(fd, SOL_SOCKET, name, &value, &size) < 0) return std::nullopt;
  return value;
}

OptionSet option_set_of(int fd) {
  const bool reuseaddr = option<int>(fd, SO_REUSEADDR).value_or(0) != 0;
  const bool reuseport = option<int>(fd, SO_REUSEPORT).value_or(0) != 0;
  if (reuseaddr && reuseport) return OptionSet::both;
  if (reuseaddr) return OptionSet::reuseaddr;
  return reuseport ? OptionSet::reuseport : OptionSet::plain;
}

}  // namespace

std::uint64_t cookie_of(int fd) {
  const auto cookie = option<std::uint64_t>(fd, SO_COOKIE);
  if (!cookie) throw_system_error("getsockopt(SO_COOKIE)");
  return *cookie;
}

SocketLook look_at_socket(int pidfd, std::uint64_t cookie) {
  for (int number = 0; number < kLastDescriptor; ++number) {
    const UniqueFd fd = borrow(pidfd, number);
    if (!fd && errno != EBADF) return {.held = SocketLook::Held::unknown};
    if (fd && option<std::uint64_t>(fd.get(), SO_COOKIE) == cookie)
      return {.held = SocketLook::Held::yes, .options = option_set_of(fd.get())};
  }
  return {.held = SocketLook::Held::no};
}

std::vector<HeldSocket> sockets_of(int pidfd) {
  std::vector<HeldSocket> sockets;
  int gap = 0;
  for (int number = 0; number < kLastDescriptor && gap < kWidestGap; ++number) {
    const UniqueFd fd = borrow(pidfd, number);
    gap = fd ? 0 : gap + 1;
    const auto cookie = fd ? option<std::uint64_t>(fd.get(), SO_COOKIE) : std::nullopt;
    if (cookie) sockets.push_back({.cookie = *cookie, .options = option_set_of(fd.get())});
  }
  return sockets;
}

}  // namespace timewait
