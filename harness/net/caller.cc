#include "harness/net/caller.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <set>

#include "harness/base/number.h"

namespace timewait {
namespace {

Answer answered(ssize_t result) {
  return result < 0 ? Answer::failed(errno) : Answer::of(static_cast<int>(result));
}

Answer with_options(int fd, OptionSet options) {
  const std::vector<CallResult> calls = apply(options, fd);
  if (calls.empty()) return Answer::of(0);
  return {.value = calls.back().value, .error = calls.back().error};
}

Answer disconnect(int fd) {
  const sockaddr nowhere{.sa_family = AF_UNSPEC};
  return answered(::connect(fd, &nowhere, sizeof nowhere));
}

Answer send(int fd, const Call& call) {
  const std::string bytes(static_cast<std::size_t>(call.number), 'x');
  return answered(
      ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | (call.urgent ? MSG_OOB : 0)));
}

Answer receive(int fd, const Call& call, Caller::Waiting waiting) {
  std::string bytes(static_cast<std::size_t>(call.number), '\0');
  if (waiting == Caller::Waiting::yes) return answered(::recv(fd, bytes.data(), bytes.size(), 0));
  const Answer answer = answered(::recv(fd, bytes.data(), bytes.size(), MSG_DONTWAIT));
  // A UDP socket that was shut down says so only to those who would wait.
  pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
  const bool has_news = answer.error == EAGAIN && ::poll(&one, 1, 0) > 0;
  return has_news ? answered(::recv(fd, bytes.data(), bytes.size(), 0)) : answer;
}

Answer linger(int fd, int seconds) {
  const struct linger value = {.l_onoff = 1, .l_linger = seconds};
  return answered(::setsockopt(fd, SOL_SOCKET, SO_LINGER, &value, sizeof value));
}

Answer ready(int fd, const Call& call) {
  pollfd one{.fd = fd, .events = static_cast<short>(call.readiness), .revents = 0};
  return answered(::poll(&one, 1, call.number));
}

/// The address that getsockname() or getpeername() gives.
Answer address_from(int (*get)(int, sockaddr*, socklen_t*), int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (get(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return Answer::failed(errno);
  if (storage.ss_family == AF_INET6) {
    const auto& six = reinterpret_cast<const sockaddr_in6&>(storage);
    return {.address = Endpoint(AF_INET6, &six.sin6_addr, ntohs(six.sin6_port))};
  }
  const auto& four = reinterpret_cast<const sockaddr_in&>(storage);
  return {.address = Endpoint(AF_INET, &four.sin_addr, ntohs(four.sin_port))};
}

Answer stop_blocking(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  return answered(flags < 0 ? flags : ::fcntl(fd, F_SETFL, flags | O_NONBLOCK));
}

/// Leaves the network for a new one with its own loopback, which is up.
Answer leave_network() {
  if (::unshare(CLONE_NEWNET) != 0) return Answer::failed(errno);
  const int any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq link{};
  std::strcpy(link.ifr_name, "lo");
  link.ifr_flags = IFF_UP;
  const Answer answer = answered(::ioctl(any, SIOCSIFFLAGS, &link));
  ::close(any);
  return answer;
}

/// Whether accept() would wait: nobody has connected yet. Where nobody can it does not.
bool would_wait(int listener) {
  int is_listening = 0;
  socklen_t size = sizeof is_listening;
  ::getsockopt(listener, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size);
  pollfd one{.fd = listener, .events = POLLIN, .revents = 0};
  return is_listening != 0 && ::poll(&one, 1, 0) == 0;
}

/// seteuid() of the C library would tell every thread; here is one, and the explorer makes many.
Answer become(int uid) { return answered(::syscall(SYS_setresuid, -1, uid, -1)); }

}  // namespace

Caller::~Caller() {
  std::set<int> open;
  for (const auto& [name, fd] : sockets_) open.insert(fd);
  for (const int fd : open) ::close(fd);
}

int Caller::socket_of(const Call& call) const {
  const auto found = sockets_.find(call.socket);
  if (found != sockets_.end()) return found->second;
  if (const auto number = parse_number(call.socket, 0)) return static_cast<int>(*number);
  throw CallError(1, "no socket is called \"" + call.socket + "\"");
}

void Caller::check_new(const std::string& name) const {
  if (sockets_.contains(name)) throw CallError(1, "a socket is already called \"" + name + "\"");
}

Answer Caller::keep(const std::string& name, int fd) {
  if (fd >= 0) sockets_.emplace(name, fd);
  return answered(fd);
}

Answer Caller::accept(const Call& call) {
  const int fd = socket_of(call);
  check_new(call.new_name);
  if (waiting_ == Waiting::no && would_wait(fd)) return Answer::failed(EAGAIN);
  return keep(call.new_name, ::accept(fd, nullptr, nullptr));
}

Answer Caller::close(const Call& call) {
  const int fd = socket_of(call);
  sockets_.erase(call.socket);
  return answered(::close(fd));
}

Answer Caller::make(const Call& call) {
  switch (call.name) {
    case CallName::socket:
      check_new(call.socket);
      return keep(call.socket, ::socket(is_ipv6(call.kind) ? AF_INET6 : AF_INET,
                                        is_tcp(call.kind) ? SOCK_STREAM : SOCK_DGRAM, 0));
    case CallName::set:
      return with_options(socket_of(call), call.options);
    case CallName::bind: {
      const SocketAddress own(call.address);
      return answered(::bind(socket_of(call), own.get(), own.size()));
    }
    case CallName::listen:
      return answered(::listen(socket_of(call), call.number));
    case CallName::accept:
      return accept(call);
    case CallName::connect: {
      const SocketAddress server(call.address);
      return answered(::connect(socket_of(call), server.get(), server.size()));
    }
    case CallName::disconnect:
      return disconnect(socket_of(call));
    case CallName::send:
      return send(socket_of(call), call);
    case CallName::recv:
      return receive(socket_of(call), call, waiting_);
    case CallName::shutdown:
      return answered(::shutdown(socket_of(call), static_cast<int>(call.direction)));
    case CallName::linger:
      return linger(socket_of(call), call.number);
    case CallName::setsockopt:
      return answered(set_option(socket_of(call), call.option, call.value, call.size));
    case CallName::getsockopt: {
      const auto value = get_option(socket_of(call), call.option);
      return value ? Answer::of(*value) : Answer::failed(errno);
    }
    case CallName::getsockname:
      return address_from(::getsockname, socket_of(call));
    case CallName::getpeername:
      return address_from(::getpeername, socket_of(call));
    case CallName::poll:
      return ready(socket_of(call), call);
    case CallName::nonblock:
      return stop_blocking(socket_of(call));
    case CallName::dup: {
      const int fd = socket_of(call);
      check_new(call.new_name);
      return keep(call.new_name, ::dup(fd));
    }
    case CallName::close:
      return close(call);
    case CallName::seteuid:
      return become(call.number);
    case CallName::unshare:
      return leave_network();
    case CallName::exit:
      break;
  }
  return Answer::of(0);
}

}  // namespace timewait
