#include "harness/model/model_option.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>

namespace timewait {
namespace {

using Form = OptionForm;

constexpr int kMostSeconds = 32767;

constexpr auto kRows = std::to_array<OptionRow>({
    {Option::debug, SOL_SOCKET, SO_DEBUG, Form::special},
    {Option::broadcast, SOL_SOCKET, SO_BROADCAST, Form::flag},
    {Option::reuseaddr, SOL_SOCKET, SO_REUSEADDR, Form::flag},
    {Option::reuseport, SOL_SOCKET, SO_REUSEPORT, Form::flag},
    {Option::keepalive, SOL_SOCKET, SO_KEEPALIVE, Form::flag},
    {Option::linger, SOL_SOCKET, SO_LINGER, Form::linger, kNoLinger},
    {Option::oobinline, SOL_SOCKET, SO_OOBINLINE, Form::flag},
    {Option::sndbuf, SOL_SOCKET, SO_SNDBUF, Form::buffer, 0, 4608},
    {Option::rcvbuf, SOL_SOCKET, SO_RCVBUF, Form::buffer, 0, 2304},
    {Option::dontroute, SOL_SOCKET, SO_DONTROUTE, Form::flag},
    {Option::rcvlowat, SOL_SOCKET, SO_RCVLOWAT, Form::special, 1},
    {Option::rcvtimeo, SOL_SOCKET, SO_RCVTIMEO, Form::timeout, kForEver},
    {Option::sndlowat, SOL_SOCKET, SO_SNDLOWAT, Form::read_only, 1},
    {Option::sndtimeo, SOL_SOCKET, SO_SNDTIMEO, Form::timeout, kForEver},
    {Option::error, SOL_SOCKET, SO_ERROR, Form::read_only},
    {Option::acceptconn, SOL_SOCKET, SO_ACCEPTCONN, Form::read_only},
    {Option::device, SOL_SOCKET, SO_BINDTODEVICE, Form::special},
    {Option::filter, SOL_SOCKET, SO_ATTACH_FILTER, Form::special},
    {Option::detach_filter, SOL_SOCKET, SO_DETACH_FILTER, Form::special},
    {Option::selector, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, Form::special},
    {Option::freebind, IPPROTO_IP, IP_FREEBIND, Form::flag},
    {Option::transparent, IPPROTO_IP, IP_TRANSPARENT, Form::special},
    {Option::no_port, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, Form::flag},
    {Option::v6only, IPPROTO_IPV6, IPV6_V6ONLY, Form::special},
    {Option::nodelay, IPPROTO_TCP, TCP_NODELAY, Form::flag},
    {Option::defer_accept, IPPROTO_TCP, TCP_DEFER_ACCEPT, Form::special},
    {Option::fastopen, IPPROTO_TCP, TCP_FASTOPEN, Form::special},
    {Option::fastopen_connect, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, Form::special},
    {Option::linger2, IPPROTO_TCP, TCP_LINGER2, Form::special},
    {Option::keepidle, IPPROTO_TCP, TCP_KEEPIDLE, Form::range, 0, 1, kMostSeconds},
    {Option::keepintvl, IPPROTO_TCP, TCP_KEEPINTVL, Form::range, 0, 1, kMostSeconds},
    {Option::keepcnt, IPPROTO_TCP, TCP_KEEPCNT, Form::range, 0, 1, 127},
    {Option::syncnt, IPPROTO_TCP, TCP_SYNCNT, Form::range, 0, 1, 127},
    {Option::user_timeout, IPPROTO_TCP, TCP_USER_TIMEOUT, Form::range, 0, 0, kForEver},
    {Option::quickack, IPPROTO_TCP, TCP_QUICKACK, Form::special, 1},
    {Option::repair, IPPROTO_TCP, TCP_REPAIR, Form::special},
});

static_assert(kRows.size() == kOptionCount);

constexpr auto kFirstValues = [] {
  std::array<int, kOptionCount> values{};
  for (const OptionRow& row : kRows) values[static_cast<std::size_t>(row.option)] = row.first;
  return values;
}();

}  // namespace

std::span<const OptionRow> option_rows() { return kRows; }

const OptionRow* find_option_row(const SocketOption& option) {
  const auto* found = std::ranges::find_if(kRows, [&](const OptionRow& row) {
    return row.level == option.level && row.number == option.number;
  });
  return found == std::end(kRows) ? nullptr : found;
}

OptionValues::OptionValues() : values_(kFirstValues) {}

}  // namespace timewait
