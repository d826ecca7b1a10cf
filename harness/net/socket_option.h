#pragma once

#include <sys/socket.h>

#include <optional>
#include <string>

#include "harness/base/enum_table.h"

namespace timewait {

/// A socket option as a script names it: one of the table in socket_option.cc, or "LEVEL:NUMBER".
struct SocketOption {
  /// What its value is.
  enum class Type {
    number,   ///< an int
    linger,   ///< struct linger, written ON:SECONDS
    timeval,  ///< struct timeval, written SECONDS:MICROSECONDS
    text,     ///< a string, the name of a device
    filter,   ///< a classic BPF program: `drop` drops every segment, `first` takes socket 0
  };

  std::string name;
  int level = 0;
  int number = 0;
  Type type = Type::number;

  bool operator==(const SocketOption&) const = default;
};

/// The option called `name`; nothing when there is none and it is not LEVEL:NUMBER either.
std::optional<SocketOption> find_socket_option(const std::string& name);

/// A value as a script writes it: an int, `A:B`, a word, or `nowhere`.
struct OptionValue {
  enum class Form { number, pair, word, nowhere };

  Form form = Form::number;
  long long first = 0;   ///< the number, or the first of the pair
  long long second = 0;  ///< of a pair
  std::string word;      ///< a device, or the name of a filter

  bool operator==(const OptionValue&) const = default;
};

/// Reads the value of an option of that type; nothing when it is none.
std::optional<OptionValue> parse_option_value(SocketOption::Type type, const std::string& text);

/// Makes one call of setsockopt() and returns its result. `nowhere` is memory that cannot be read.
/// `size` is the option_len to be told instead of the value's own.
int set_option(int fd, const SocketOption& option, const OptionValue& value,
               std::optional<socklen_t> size = {});

/// Makes one call of getsockopt(). Returns an int as it is, of struct linger the seconds, -1 when
/// it is off, and of struct timeval all of it in milliseconds; nothing when the call failed.
std::optional<int> get_option(int fd, const SocketOption& option);

}  // namespace timewait
