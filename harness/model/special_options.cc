#include "harness/model/special_options.h"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "harness/model/model_timers.h"

namespace timewait {
namespace {

constexpr int kRepairOff = 0;
constexpr int kRepairOn = 1;
constexpr int kRepairOffSilently = -1;
constexpr int kForced = 2;  // SK_FORCE_REUSE
constexpr int kLongestLinger2 = 120;
constexpr int kLongestDefer = 120;

int keep(World& world, ModelSocket& socket, Option option, int value) {
  if (world.decides(Rule::option_is_kept)) socket.options.set(option, value);
  return 0;
}

int set_device(World& world, ModelSocket& socket, const SpecialOption& what) {
  using Form = OptionValue::Form;
  if (what.call.value.form == Form::nowhere && what.size > 0) return EFAULT;
  const std::string name = what.call.value.word.substr(0, std::min(what.size, std::size_t{15}));
  const int device = name.empty() ? 0 : world.network_of(socket).device_called(name);
  if (world.decides(Rule::device_is_there, !name.empty() && device == 0)) return ENODEV;
  const bool is_bound = socket.options.is_set(Option::device);
  if (world.decides(Rule::device_changes_by_root_only, is_bound && what.uid != 0)) return EPERM;
  // A UDP socket that has its port is hashed anew and leaves its group (sock_bindtoindex_locked()).
  if (!socket.is_stream() && socket.holds_port()) socket.is_in_group = socket.has_selector = false;
  return keep(world, socket, Option::device, device);
}

int set_selector(World& world, ModelSocket& socket) {
  // Who has its port already must have joined a group when it got it (reuseport_attach_prog()).
  const bool is_hashed = socket.is_stream() ? socket.state != TcpState::bound : socket.holds_port();
  const bool shares = is_hashed ? socket.is_in_group : socket.options.is_set(Option::reuseport);
  if (world.decides(Rule::selector_needs_reuseport, !shares)) return EINVAL;
  socket.has_selector = socket.is_in_group = true;
  return 0;
}

int detach_filter(World& world, ModelSocket& socket) {
  if (!socket.options.is_set(Option::filter)) return ENOENT;
  return keep(world, socket, Option::filter, 0);
}

int set_repair(World& world, ModelSocket& socket, const SpecialOption& what) {
  if (world.decides(Rule::repair_is_for_root, what.uid != 0 || socket.state == TcpState::listen))
    return EPERM;
  if (what.value != kRepairOn && what.value != kRepairOff && what.value != kRepairOffSilently)
    return EINVAL;
  const bool on = what.value == kRepairOn;
  socket.options.set(Option::reuseaddr, on ? kForced : 0);
  return keep(world, socket, Option::repair, on ? 1 : 0);
}

int set_v6only(World& world, ModelSocket& socket, const SpecialOption& what) {
  if (what.size < sizeof(int)) return EINVAL;
  if (world.decides(Rule::v6only_is_fixed_by_bind, socket.holds_port())) return EINVAL;
  return keep(world, socket, Option::v6only, what.value != 0 ? 1 : 0);
}

int set_low_water(World& world, ModelSocket& socket, int value) {
  const int mark = value < 0 ? kForEver : std::max(value, 1);
  if (!socket.is_stream()) return keep(world, socket, Option::rcvlowat, mark);
  const int set = socket.options[Option::rcvbuf];
  const int most = set != 0 ? set / 2 : 6291456 / 2;
  return keep(world, socket, Option::rcvlowat, std::max(1, std::min(mark, most)));
}

int set_fastopen(World& world, ModelSocket& socket, int value) {
  const bool may = socket.state == TcpState::bound || socket.state == TcpState::listen;
  if (value < 0 || !may) return EINVAL;
  return keep(world, socket, Option::fastopen, std::min(value, world.sysctls_of(socket).somaxconn));
}

int set_fastopen_connect(World& world, ModelSocket& socket, int value) {
  if (value < 0 || value > 1) return EINVAL;
  if ((world.sysctls_of(socket).fastopen & 1) == 0) return EOPNOTSUPP;
  if (socket.state != TcpState::bound) return EINVAL;
  return keep(world, socket, Option::fastopen_connect, value);
}

/// The kernel counts retransmissions, after 1, 2, 4 ... seconds, not seconds.
int retransmissions_in(int seconds) {
  if (seconds <= 0) return 0;
  int count = 1;
  int timeout = 1;
  for (int period = 1; seconds > period && count < 255; ++count) {
    timeout = std::min(timeout * 2, kLongestDefer);
    period += timeout;
  }
  return count;
}

int seconds_of(int retransmissions) {
  if (retransmissions <= 0) return 0;
  int timeout = 1;
  int period = 1;
  while (--retransmissions > 0) {
    timeout = std::min(timeout * 2, kLongestDefer);
    period += timeout;
  }
  return period;
}

int linger2_of(int value) {
  if (value < 0) return -1;
  return std::min(value, kLongestLinger2);
}

int or_else(int value, int otherwise) { return value != 0 ? value : otherwise; }

}  // namespace

int set_special(World& world, ModelSocket& socket, const SpecialOption& what) {
  switch (what.option) {
    case Option::debug:
      if (world.decides(Rule::debug_is_for_root, what.value != 0)) return EACCES;
      return keep(world, socket, Option::debug, what.value != 0 ? 1 : 0);
    case Option::device:
      return set_device(world, socket, what);
    case Option::filter:
      return what.size == 16 ? keep(world, socket, Option::filter, 1) : EINVAL;
    case Option::detach_filter:
      return detach_filter(world, socket);
    case Option::selector:
      return what.size == 16 ? set_selector(world, socket) : EINVAL;
    case Option::transparent:
      if (world.decides(Rule::transparent_is_for_root, what.value != 0 && what.uid != 0))
        return EPERM;
      return what.size == 0 ? EINVAL : keep(world, socket, Option::transparent, what.value != 0);
    case Option::v6only:
      return set_v6only(world, socket, what);
    case Option::rcvlowat:
      return set_low_water(world, socket, what.value);
    case Option::repair:
      return set_repair(world, socket, what);
    case Option::fastopen:
      return set_fastopen(world, socket, what.value);
    case Option::fastopen_connect:
      return set_fastopen_connect(world, socket, what.value);
    case Option::defer_accept:
      return keep(world, socket, Option::defer_accept, retransmissions_in(what.value));
    case Option::linger2:
      return keep(world, socket, Option::linger2, linger2_of(what.value));
    case Option::quickack:
      return keep(world, socket, Option::quickack, what.value != 0 ? 1 : 0);
    default:
      break;
  }
  return ENOPROTOOPT;
}

Answer read_special(World& world, ModelSocket& socket, const OptionRow& row) {
  const Sysctls& sysctls = world.sysctls_of(socket);
  const int value = socket.options[row.option];
  switch (row.option) {
    case Option::error:
      return Answer::of(world.decides(Rule::error_is_told_once, socket.error != 0)
                            ? std::exchange(socket.error, 0)
                            : socket.error);
    case Option::acceptconn:
      return Answer::of(socket.state == TcpState::listen ? 1 : 0);
    case Option::sndbuf:
      return Answer::of(or_else(value, socket.is_stream() ? sysctls.wmem : sysctls.wmem_max));
    case Option::rcvbuf:
      return Answer::of(or_else(value, socket.is_stream() ? sysctls.rmem : sysctls.rmem_max));
    case Option::linger2:
      return Answer::of(or_else(value, sysctls.fin_timeout));
    case Option::keepidle:
      return Answer::of(or_else(value, sysctls.keepalive_time));
    case Option::keepintvl:
      return Answer::of(or_else(value, sysctls.keepalive_intvl));
    case Option::keepcnt:
      return Answer::of(or_else(value, sysctls.keepalive_probes));
    case Option::syncnt:
      return Answer::of(or_else(value, sysctls.syn_retries));
    case Option::defer_accept:
      return Answer::of(seconds_of(value));
    case Option::device:
      return value == 0 ? Answer::of(0) : Answer::failed(EINVAL);
    default:
      return Answer::of(value);
  }
}

}  // namespace timewait
