#include "harness/explore/random_choices.h"

#include <algorithm>
#include <array>

namespace timewait {
namespace {

struct WeighedKind {
  SocketKind kind;
  std::size_t weight;
};

struct WeighedAddress {
  const char* address;
  std::size_t weight;
};

struct OddOption {
  const char* name;
  const char* value;
};

constexpr WeighedKind kKinds[] = {
    {SocketKind::tcp, 58}, {SocketKind::tcp6, 32}, {SocketKind::udp, 6}, {SocketKind::udp6, 4}};

constexpr std::array kSets{OptionSet::plain, OptionSet::reuseaddr, OptionSet::reuseport,
                           OptionSet::both};

constexpr WeighedAddress kFourAddresses[] = {
    {"127.0.0.1:0", 45}, {"0.0.0.0:0", 35}, {"127.0.0.2:0", 18}, {"10.1.2.3:0", 2}};
constexpr WeighedAddress kSixAddresses[] = {{"[::1]:0", 30},
                                            {"[::]:0", 40},
                                            {"[::ffff:127.0.0.1]:0", 18},
                                            {"[::ffff:0.0.0.0]:0", 6},
                                            {"[::ffff:127.0.0.2]:0", 6},
                                            {"[ff02::1]:0", 1}};

constexpr std::array kFourDestinations{"127.0.0.1:12000", "127.0.0.2:12000", "127.0.0.1:12001"};
constexpr std::array kSixDestinations{"[::1]:12000", "[::ffff:127.0.0.1]:12000", "[::1]:12001"};

constexpr std::array kOddFourDestinations{"0.0.0.0:12000", "10.9.9.9:12000",
                                          "127.255.255.255:12000", "[::1]:12000"};
constexpr std::array kOddSixDestinations{"[::]:12000", "[2001:db8::9]:12000", "[ff02::1]:12000",
                                         "127.0.0.1:12000"};

constexpr std::array kOddOptions{OddOption{"IP_FREEBIND", "1"},
                                 OddOption{"IP_BIND_ADDRESS_NO_PORT", "1"},
                                 OddOption{"TCP_LINGER2", "-1"},
                                 OddOption{"TCP_LINGER2", "5"},
                                 OddOption{"SO_OOBINLINE", "1"},
                                 OddOption{"SO_BROADCAST", "1"},
                                 OddOption{"SO_KEEPALIVE", "1"},
                                 OddOption{"SO_LINGER", "0:0"},
                                 OddOption{"SO_LINGER", "1:1"},
                                 OddOption{"SO_BINDTODEVICE", "lo"},
                                 OddOption{"SO_BINDTODEVICE", "nodevice"},
                                 OddOption{"SO_ATTACH_REUSEPORT_CBPF", "first"},
                                 OddOption{"TCP_DEFER_ACCEPT", "1"},
                                 OddOption{"IPV6_V6ONLY", "0"},
                                 OddOption{"IPV6_V6ONLY", "1"},
                                 OddOption{"SO_REUSEADDR", "nowhere"},
                                 OddOption{"TCP_KEEPCNT", "0"},
                                 OddOption{"SO_RCVTIMEO", "0:1000000"},
                                 OddOption{"SO_DEBUG", "1"},
                                 OddOption{"TCP_REPAIR", "1"}};

std::uint16_t some_port(Dice& dice) {
  if (dice.percent(4)) return 0;
  return static_cast<std::uint16_t>(kFirstScriptPort + (dice.percent(12) ? 1 : 0));
}

}  // namespace

SocketKind some_kind(Dice& dice) { return weighed(dice, kKinds).kind; }

OptionSet some_options(Dice& dice) {
  return dice.percent(35) ? OptionSet::reuseaddr : dice.one_of(kSets);
}

Endpoint some_address(Dice& dice, SocketKind kind) {
  const char* address =
      is_ipv6(kind) ? weighed(dice, kSixAddresses).address : weighed(dice, kFourAddresses).address;
  return at_port(*Endpoint::parse(address), some_port(dice));
}

Endpoint some_destination(Dice& dice, const std::vector<DraftSocket>& sockets, SocketKind kind) {
  std::vector<Endpoint> ways;
  for (const DraftSocket& other : sockets)
    if (other.is_listening && is_tcp(kind))
      std::ranges::copy(ways_to(other, kind), std::back_inserter(ways));
  if (!ways.empty() && dice.percent(90)) return dice.one_of(ways);
  if (dice.percent(10))
    return *Endpoint::parse(is_ipv6(kind) ? dice.one_of(kOddSixDestinations)
                                          : dice.one_of(kOddFourDestinations));
  return *Endpoint::parse(is_ipv6(kind) ? dice.one_of(kSixDestinations)
                                        : dice.one_of(kFourDestinations));
}

Call set_int(const std::string& socket, const char* name, long long value) {
  return {.name = CallName::setsockopt,
          .socket = socket,
          .option = *find_socket_option(name),
          .value = {.first = value}};
}

Call odd_option(Dice& dice, const std::string& socket) {
  const OddOption& odd = dice.one_of(kOddOptions);
  const SocketOption option = *find_socket_option(odd.name);
  return {.name = CallName::setsockopt,
          .socket = socket,
          .option = option,
          .value = *parse_option_value(option.type, odd.value)};
}

}  // namespace timewait
