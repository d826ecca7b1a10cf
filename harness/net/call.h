#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/base/error.h"
#include "harness/net/endpoint.h"
#include "harness/net/option_set.h"
#include "harness/net/socket_call.h"
#include "harness/net/socket_option.h"

namespace timewait {

/// What a peer can be told to do: one call, mostly on one of its sockets.
enum class CallName {
  socket,
  set,
  bind,
  listen,
  accept,
  connect,
  disconnect,
  send,
  recv,
  shutdown,
  linger,
  setsockopt,
  getsockopt,
  getsockname,
  getpeername,
  poll,
  nonblock,
  dup,
  close,
  seteuid,
  unshare,
  exit,
};

enum class SocketKind { tcp, udp, tcp6, udp6 };

inline constexpr auto kSocketKinds = enum_table<SocketKind>({
    {SocketKind::tcp, "tcp"},
    {SocketKind::udp, "udp"},
    {SocketKind::tcp6, "tcp6"},
    {SocketKind::udp6, "udp6"},
});

constexpr bool is_tcp(SocketKind kind) {
  return kind == SocketKind::tcp || kind == SocketKind::tcp6;
}
constexpr bool is_ipv6(SocketKind kind) {
  return kind == SocketKind::tcp6 || kind == SocketKind::udp6;
}

enum class Direction { read = SHUT_RD, write = SHUT_WR, both = SHUT_RDWR };

inline constexpr auto kDirections = enum_table<Direction>({
    {Direction::read, "read"},
    {Direction::write, "write"},
    {Direction::both, "both"},
});

/// What poll() waits for.
enum class Readiness : short { in = POLLIN, out = POLLOUT, hup = POLLHUP };

inline constexpr auto kReadinesses = enum_table<Readiness>({
    {Readiness::in, "in"},
    {Readiness::out, "out"},
    {Readiness::hup, "hup"},
});

/// A call as a script writes it, "bind s 127.0.0.1:12000". Which of the fields are used depends on
/// the name; see call_table().
struct Call {
  CallName name = CallName::exit;
  std::string socket;                     ///< NAME; in digits it is a descriptor, whatever that is
  std::string new_name;                   ///< NEWNAME
  SocketKind kind = SocketKind::tcp;      ///< KIND
  OptionSet options = OptionSet::plain;   ///< OPTIONS
  Endpoint address;                       ///< ADDRESS
  int number = 0;                         ///< BACKLOG, BYTES, SECONDS, MILLISECONDS, UID
  bool urgent = false;                    ///< `send` with oob
  Direction direction = Direction::both;  ///< DIRECTION
  Readiness readiness = Readiness::in;    ///< READINESS
  SocketOption option;                    ///< OPTION
  OptionValue value;                      ///< VALUE
  std::optional<socklen_t> size;          ///< SIZE

  bool operator==(const Call&) const = default;
};

/// A row of the vocabulary. Words in capitals stand for something, brackets for what may be left
/// out.
struct CallRow {
  CallName name;
  std::string_view word;
  std::string_view arguments;
  SocketCall call;  ///< the call that is made, as an outcome names it
};

/// Everything a peer can be told.
std::span<const CallRow> call_table();
const CallRow& row_of(CallName name);

/// A call that is not understood. The text says what would be.
class CallError : public BadInput {
 public:
  CallError(std::size_t word, const std::string& message) : BadInput(message), word_(word) {}
  /// Which word is wrong, counted from 0; one past the last where one is missing.
  std::size_t word() const { return word_; }

 private:
  std::size_t word_;
};

/// Reads a call from its words. Throws CallError.
Call parse_call(std::span<const std::string> words);

/// The call as parse_call() reads it, without what has its default.
std::string text_of(const Call& call);

/// What the kernel answered: data, never an exception.
struct Answer {
  int value = 0;                    ///< what the call returned
  int error = 0;                    ///< errno, 0 when the call succeeded
  std::optional<Endpoint> address;  ///< of getsockname and getpeername

  static Answer of(int value) { return {.value = value}; }
  static Answer failed(int error) { return {.value = -1, .error = error}; }
  bool ok() const { return error == 0; }

  /// What a script expects: "0", "EADDRINUSE", "127.0.0.1:12000".
  std::string text() const;

  bool operator==(const Answer&) const = default;
};

}  // namespace timewait
