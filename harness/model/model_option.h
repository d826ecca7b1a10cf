#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "harness/net/socket_option.h"

namespace timewait {

/// The options that the model knows, one for each value that a socket keeps.
enum class Option : std::uint8_t {
  debug,
  broadcast,
  reuseaddr,
  reuseport,
  keepalive,
  linger,
  oobinline,
  sndbuf,
  rcvbuf,
  dontroute,
  rcvlowat,
  rcvtimeo,
  sndlowat,
  sndtimeo,
  error,
  acceptconn,
  device,
  filter,
  detach_filter,
  selector,
  freebind,
  transparent,
  no_port,
  v6only,
  nodelay,
  defer_accept,
  fastopen,
  fastopen_connect,
  linger2,
  keepidle,
  keepintvl,
  keepcnt,
  syncnt,
  user_timeout,
  quickack,
  repair,
};

inline constexpr std::size_t kOptionCount = static_cast<std::size_t>(Option::repair) + 1;

/// What setsockopt() does with the value of an option.
enum class OptionForm : std::uint8_t {
  flag,       ///< anything but 0 turns it on
  range,      ///< an int between two, EINVAL beyond
  buffer,     ///< a size that the kernel doubles
  linger,     ///< struct linger
  timeout,    ///< struct timeval
  read_only,  ///< ENOPROTOOPT
  special,    ///< a rule of its own
};

/// An option as the kernel has it.
struct OptionRow {
  Option option;
  int level;
  int number;
  OptionForm form;
  int first = 0;  ///< its value at first
  int least = 0;
  int most = 0;
};

/// Every option that the model knows, in the order of the enumerators.
std::span<const OptionRow> option_rows();

/// The row of an option of a script; null for one that the kernel does not have.
const OptionRow* find_option_row(const SocketOption& option);

inline constexpr int kNoLinger = -1;
inline constexpr int kForEver = std::numeric_limits<int>::max();  ///< of a timeout

/// The values of a socket's options. A connection that comes in gets those of its listener.
class OptionValues {
 public:
  OptionValues();
  int operator[](Option option) const { return values_[index(option)]; }
  bool is_set(Option option) const { return values_[index(option)] != 0; }
  void set(Option option, int value) { values_[index(option)] = value; }

  bool operator==(const OptionValues&) const = default;

 private:
  static std::size_t index(Option option) { return static_cast<std::size_t>(option); }

  std::array<int, kOptionCount> values_;
};

}  // namespace timewait
