#include "harness/net/socket_option.h"

#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/number.h"

namespace timewait {
namespace {

using Type = SocketOption::Type;
using Form = OptionValue::Form;

constexpr int kLeastInt = std::numeric_limits<int>::min();
constexpr int kMostInt = std::numeric_limits<int>::max();

const SocketOption kOptions[] = {
    {"SO_DEBUG", SOL_SOCKET, SO_DEBUG},
    {"SO_BROADCAST", SOL_SOCKET, SO_BROADCAST},
    {"SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR},
    {"SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT},
    {"SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE},
    {"SO_LINGER", SOL_SOCKET, SO_LINGER, Type::linger},
    {"SO_OOBINLINE", SOL_SOCKET, SO_OOBINLINE},
    {"SO_SNDBUF", SOL_SOCKET, SO_SNDBUF},
    {"SO_RCVBUF", SOL_SOCKET, SO_RCVBUF},
    {"SO_DONTROUTE", SOL_SOCKET, SO_DONTROUTE},
    {"SO_RCVLOWAT", SOL_SOCKET, SO_RCVLOWAT},
    {"SO_RCVTIMEO", SOL_SOCKET, SO_RCVTIMEO, Type::timeval},
    {"SO_SNDLOWAT", SOL_SOCKET, SO_SNDLOWAT},
    {"SO_SNDTIMEO", SOL_SOCKET, SO_SNDTIMEO, Type::timeval},
    {"SO_ERROR", SOL_SOCKET, SO_ERROR},
    {"SO_ACCEPTCONN", SOL_SOCKET, SO_ACCEPTCONN},
    {"SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, Type::text},
    {"SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, Type::filter},
    {"SO_DETACH_FILTER", SOL_SOCKET, SO_DETACH_FILTER},
    {"SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, Type::filter},
    {"IP_FREEBIND", IPPROTO_IP, IP_FREEBIND},
    {"IP_TRANSPARENT", IPPROTO_IP, IP_TRANSPARENT},
    {"IP_BIND_ADDRESS_NO_PORT", IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT},
    {"IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY},
    {"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY},
    {"TCP_DEFER_ACCEPT", IPPROTO_TCP, TCP_DEFER_ACCEPT},
    {"TCP_FASTOPEN", IPPROTO_TCP, TCP_FASTOPEN},
    {"TCP_FASTOPEN_CONNECT", IPPROTO_TCP, TCP_FASTOPEN_CONNECT},
    {"TCP_LINGER2", IPPROTO_TCP, TCP_LINGER2},
    {"TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE},
    {"TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL},
    {"TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT},
    {"TCP_SYNCNT", IPPROTO_TCP, TCP_SYNCNT},
    {"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT},
    {"TCP_QUICKACK", IPPROTO_TCP, TCP_QUICKACK},
    {"TCP_REPAIR", IPPROTO_TCP, TCP_REPAIR},
};

constexpr std::array kFilters{std::string_view("drop"), std::string_view("first")};

/// The two parts of "A:B"; nothing for a text without a colon.
std::optional<std::array<std::string, 2>> halves(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  return std::array{text.substr(0, colon), text.substr(colon + 1)};
}

bool is_pair(Type type) { return type == Type::linger || type == Type::timeval; }

std::optional<OptionValue> parse_pair(Type type, const std::array<std::string, 2>& parts) {
  const auto first = parse_number(parts[0]);
  const auto second = parse_number(parts[1]);
  if (!is_pair(type) || !first || !second) return std::nullopt;
  const bool fit_int =
      std::min(*first, *second) >= kLeastInt && std::max(*first, *second) <= kMostInt;
  if (type == Type::linger && !fit_int) return std::nullopt;
  return OptionValue{.form = Form::pair, .first = *first, .second = *second};
}

/// A page that nobody may read; it goes with the object.
class Nowhere {
 public:
  Nowhere() : page_(::mmap(nullptr, 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    check(page_ == MAP_FAILED ? -1 : 0, "mmap(PROT_NONE)");
  }
  Nowhere(const Nowhere&) = delete;
  Nowhere& operator=(const Nowhere&) = delete;
  ~Nowhere() { ::munmap(page_, 1); }

  const void* get() const { return page_; }

 private:
  void* page_;
};

socklen_t natural_size(Type type) {
  switch (type) {
    case Type::number:
    case Type::text:
      return sizeof(int);
    case Type::linger:
      return sizeof(linger);
    case Type::timeval:
      return sizeof(timeval);
    case Type::filter:
      return sizeof(sock_fprog);
  }
  return 0;
}

int milliseconds(const timeval& time) {
  const long long seconds = std::min<long long>(time.tv_sec, kMostInt / 1000 - 1);
  return static_cast<int>(seconds * 1000 + time.tv_usec / 1000);
}

template <typename Structure>
int set(int fd, const SocketOption& option, const Structure& value, std::optional<socklen_t> size) {
  return ::setsockopt(fd, option.level, option.number, &value, size.value_or(sizeof value));
}

template <typename Structure>
std::optional<Structure> get(int fd, const SocketOption& option) {
  Structure value{};
  socklen_t size = sizeof value;
  if (::getsockopt(fd, option.level, option.number, &value, &size) != 0) return std::nullopt;
  return value;
}

/// A program of one instruction, whose answer is 0: a socket filter drops the segment, a selector
/// of a reuseport group takes the first socket.
int attach_filter(int fd, const SocketOption& option, std::optional<socklen_t> size) {
  sock_filter answer = BPF_STMT(BPF_RET | BPF_K, 0);
  return set(fd, option, sock_fprog{.len = 1, .filter = &answer}, size);
}

}  // namespace

std::optional<SocketOption> find_socket_option(const std::string& name) {
  const auto* found = std::ranges::find(kOptions, name, &SocketOption::name);
  if (found != std::end(kOptions)) return *found;
  const auto numbers = halves(name);
  if (!numbers) return std::nullopt;
  const auto level = parse_number((*numbers)[0], 0, kMostInt);
  const auto number = parse_number((*numbers)[1], 0, kMostInt);
  if (!level || !number) return std::nullopt;
  return SocketOption{
      .name = name, .level = static_cast<int>(*level), .number = static_cast<int>(*number)};
}

std::optional<OptionValue> parse_option_value(SocketOption::Type type, const std::string& text) {
  if (text == "nowhere") return OptionValue{.form = Form::nowhere};
  if (type == Type::text) return OptionValue{.form = Form::word, .word = text};
  if (type == Type::filter) {
    if (std::ranges::find(kFilters, text) == kFilters.end()) return std::nullopt;
    return OptionValue{.form = Form::word, .word = text};
  }
  if (const auto parts = halves(text)) return parse_pair(type, *parts);
  const auto number = parse_number(text, kLeastInt, kMostInt);
  if (!number) return std::nullopt;
  return OptionValue{.form = Form::number, .first = *number};
}

int set_option(int fd, const SocketOption& option, const OptionValue& value,
               std::optional<socklen_t> size) {
  if (value.form == Form::nowhere) {
    const Nowhere nowhere;
    return ::setsockopt(fd, option.level, option.number, nowhere.get(),
                        size.value_or(natural_size(option.type)));
  }
  if (option.type == Type::filter) return attach_filter(fd, option, size);
  if (value.form == Form::word)
    return ::setsockopt(fd, option.level, option.number, value.word.c_str(),
                        size.value_or(static_cast<socklen_t>(value.word.size())));
  if (value.form == Form::number) return set(fd, option, static_cast<int>(value.first), size);
  if (option.type == Type::timeval)
    return set(fd, option, timeval{.tv_sec = value.first, .tv_usec = value.second}, size);
  return set(
      fd, option,
      linger{.l_onoff = static_cast<int>(value.first), .l_linger = static_cast<int>(value.second)},
      size);
}

std::optional<int> get_option(int fd, const SocketOption& option) {
  if (option.type == Type::linger) {
    const auto value = get<linger>(fd, option);
    return value ? std::optional(value->l_onoff != 0 ? value->l_linger : -1) : std::nullopt;
  }
  if (option.type == Type::timeval) {
    const auto value = get<timeval>(fd, option);
    return value ? std::optional(milliseconds(*value)) : std::nullopt;
  }
  return get<int>(fd, option);
}

}  // namespace timewait
