#include "harness/model/option_rules.h"

#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/time.h>

#include <algorithm>

#include "harness/model/special_options.h"

namespace timewait {
namespace {

using Form = OptionForm;
using ValueForm = OptionValue::Form;

constexpr std::size_t kInt = sizeof(int);
constexpr long long kMostSeconds = std::numeric_limits<long>::max() / 250 - 1;
constexpr long long kTick = 4000;  // microseconds, at 250 ticks a second

/// The option_len of a call.
std::size_t size_of(const Call& call) {
  if (call.size) return *call.size;
  if (call.value.form == ValueForm::nowhere || call.value.form == ValueForm::pair) {
    if (call.option.type == SocketOption::Type::linger) return sizeof(linger);
    if (call.option.type == SocketOption::Type::timeval) return sizeof(timeval);
  }
  if (call.option.type == SocketOption::Type::filter) return sizeof(sock_fprog);
  return call.value.form == ValueForm::word ? call.value.word.size() : kInt;
}

/// The int at the beginning of the value's memory.
int int_of(const Call& call) {
  return static_cast<int>(call.value.form == ValueForm::word ? 1 : call.value.first);
}

/// What is looked at before the option is: the size, and whether the memory can be read.
int check_memory(World& world, const Call& call) {
  const std::size_t size = size_of(call);
  const bool is_nowhere = call.value.form == ValueForm::nowhere;
  const bool is_int_first = call.option.level == SOL_SOCKET || call.option.level == IPPROTO_TCP;
  if (is_int_first && world.decides(Rule::option_is_an_int, size < kInt)) return EINVAL;
  return world.decides(Rule::value_is_read_first, is_nowhere && size > 0) ? EFAULT : 0;
}

int set_linger(World& world, ModelSocket& socket, const Call& call) {
  if (size_of(call) < sizeof(linger) || call.value.form != ValueForm::pair) return EINVAL;
  const auto seconds = static_cast<int>(std::max(0LL, call.value.second));
  if (world.decides(Rule::option_is_kept))
    socket.options.set(Option::linger, call.value.first != 0 ? seconds : kNoLinger);
  return 0;
}

int set_timeout(World& world, ModelSocket& socket, Option option, const Call& call) {
  if (size_of(call) < sizeof(timeval) || call.value.form != ValueForm::pair) return EINVAL;
  const long long seconds = call.value.first;
  const long long microseconds = call.value.second;
  const bool is_none = microseconds < 0 || microseconds >= 1000000;
  if (world.decides(Rule::microseconds_make_no_second, is_none)) return EDOM;
  int length = kForEver;
  if (seconds < 0) {
    length = 0;
  } else if ((seconds != 0 || microseconds != 0) &&
             !world.decides(Rule::endless_timeout_is_none, seconds >= kMostSeconds)) {
    const long long ticks = (microseconds + kTick - 1) / kTick;
    length = static_cast<int>(std::min<long long>(
        std::min(seconds, 2000000LL) * 1000 + ticks * kTick / 1000, kForEver - 1));
  }
  if (world.decides(Rule::option_is_kept)) socket.options.set(option, length);
  return 0;
}

int set_buffer(World& world, ModelSocket& socket, const OptionRow& row, int value) {
  const Sysctls& sysctls = world.sysctls_of(socket);
  const auto most =
      static_cast<unsigned>(row.option == Option::sndbuf ? sysctls.wmem_max : sysctls.rmem_max);
  const auto cut = static_cast<int>(std::min(static_cast<unsigned>(value), most));
  const int doubled = world.decides(Rule::buffer_is_doubled) ? cut * 2 : cut;
  socket.options.set(row.option, std::max(doubled, row.least));
  return 0;
}

int set_plain(World& world, ModelSocket& socket, const OptionRow& row, const Call& call) {
  const int value = int_of(call);
  switch (row.form) {
    case Form::flag:
      if (world.decides(Rule::option_is_kept)) socket.options.set(row.option, value != 0 ? 1 : 0);
      return 0;
    case Form::range:
      if (world.decides(Rule::option_has_a_range, value < row.least || value > row.most))
        return EINVAL;
      if (world.decides(Rule::option_is_kept)) socket.options.set(row.option, value);
      return 0;
    case Form::buffer:
      return set_buffer(world, socket, row, value);
    case Form::linger:
      return set_linger(world, socket, call);
    case Form::timeout:
      return set_timeout(world, socket, row.option, call);
    case Form::read_only:
    case Form::special:
      break;
  }
  return ENOPROTOOPT;
}

/// TCP's options are TCP's, IPv6's are those of an IPv6 socket.
const OptionRow* row_for(const ModelSocket& socket, const SocketOption& option) {
  if (option.level == IPPROTO_TCP && !socket.is_stream()) return nullptr;
  if (option.level == IPPROTO_IPV6 && !is_ipv6(socket.kind)) return nullptr;
  return find_option_row(option);
}

/// A level that is nothing to the socket is refused before its memory is looked at.
bool is_level_known(const ModelSocket& socket, int level) {
  return level == SOL_SOCKET || (level == IPPROTO_TCP && socket.is_stream()) ||
         (level == IPPROTO_UDP && !socket.is_stream()) || level == IPPROTO_IP ||
         (level == IPPROTO_IPV6 && is_ipv6(socket.kind));
}

bool is_ip(int level) { return level == IPPROTO_IP || level == IPPROTO_IPV6; }

}  // namespace

Answer set_option(World& world, ModelSocket& socket, const Call& call, int uid) {
  const OptionRow* row = row_for(socket, call.option);
  const bool is_unknown =
      !is_level_known(socket, call.option.level) || (row == nullptr && is_ip(call.option.level));
  if (world.decides(Rule::option_is_not_there, is_unknown)) return Answer::failed(ENOPROTOOPT);
  if (row == nullptr || row->option != Option::device) {
    if (const int error = check_memory(world, call)) return Answer::failed(error);
  }
  if (row == nullptr || row->form == Form::read_only)
    return world.decides(Rule::option_is_not_there) ? Answer::failed(ENOPROTOOPT) : Answer::of(0);
  const SpecialOption special{.option = row->option,
                              .value = int_of(call),
                              .size = size_of(call),
                              .call = call,
                              .uid = uid};
  const int error = row->form == Form::special ? set_special(world, socket, special)
                                               : set_plain(world, socket, *row, call);
  return error != 0 ? Answer::failed(error) : Answer::of(0);
}

Answer get_option(World& world, ModelSocket& socket, const SocketOption& option) {
  const OptionRow* row = row_for(socket, option);
  if (row == nullptr) return Answer::failed(ENOPROTOOPT);
  const int value = socket.options[row->option];
  if (row->form == Form::timeout) return Answer::of(value == kForEver ? 0 : value);
  if (row->form == Form::linger || row->form == Form::flag) return Answer::of(value);
  return read_special(world, socket, *row);
}

}  // namespace timewait
