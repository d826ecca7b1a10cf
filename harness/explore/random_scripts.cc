#include "harness/explore/random_scripts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "harness/explore/draft.h"

namespace timewait {
namespace {

constexpr std::size_t kMostOpen = 6;
constexpr int kSomeUser = 1000;

Endpoint endpoint(const char* text) { return *Endpoint::parse(text); }

struct WeighedAddress {
  Endpoint address;
  std::size_t weight;
};

/// What sockets bind to, at the first port of a script.
const std::array kFourAddresses{
    WeighedAddress{endpoint("127.0.0.1:12000"), 45}, WeighedAddress{endpoint("0.0.0.0:12000"), 35},
    WeighedAddress{endpoint("127.0.0.2:12000"), 18}, WeighedAddress{endpoint("10.1.2.3:12000"), 2}};
const std::array kSixAddresses{WeighedAddress{endpoint("[::1]:12000"), 30},
                               WeighedAddress{endpoint("[::]:12000"), 40},
                               WeighedAddress{endpoint("[::ffff:127.0.0.1]:12000"), 18},
                               WeighedAddress{endpoint("[::ffff:0.0.0.0]:12000"), 6},
                               WeighedAddress{endpoint("[::ffff:127.0.0.2]:12000"), 6}};

template <typename Rows>
const auto& weighed(Dice& dice, const Rows& rows) {
  std::size_t sum = 0;
  for (const auto& row : rows) sum += row.weight;
  std::size_t at = dice.below(sum);
  auto row = std::begin(rows);
  for (; at >= row->weight; ++row) at -= row->weight;
  return *row;
}

SocketOption option(const char* name) { return *find_socket_option(name); }

Call set_option(const std::string& socket, const char* name, long long value) {
  return {.name = CallName::setsockopt,
          .socket = socket,
          .option = option(name),
          .value = {.first = value}};
}

/// A script in the making, and the dice that say how it goes on.
class RandomScript {
 public:
  RandomScript(const RandomSettings& settings, std::uint64_t index)
      : settings_(settings), draft_(settings.broken), dice_(Dice::of(settings.seed, index)) {}

  ModelledScript make() {
    while (draft_.script().size() < settings_.length && draft_.has_names()) move();
    return draft_.finish();
  }

 private:
  struct Move {
    std::size_t weight;
    void (RandomScript::*make)(const DraftSocket&);
  };
  static constexpr std::size_t kOpenWeight = 40;

  void move() {
    static constexpr Move kMoves[] = {
        {14, &RandomScript::bind},       {22, &RandomScript::listen},
        {26, &RandomScript::connect},    {26, &RandomScript::accept},
        {26, &RandomScript::close},      {14, &RandomScript::shut_down},
        {5, &RandomScript::linger},      {12, &RandomScript::toggle},
        {4, &RandomScript::disconnect},  {4, &RandomScript::ask_name},
        {3, &RandomScript::ask_option},  {5, &RandomScript::send},
        {5, &RandomScript::receive},     {2, &RandomScript::copy},
        {3, &RandomScript::change_user},
    };
    if (draft_.sockets().empty() || (draft_.sockets().size() < kMostOpen && dice_.percent(20)))
      return open();
    // Mostly something that makes sense is called; what does not is worth a call now and then.
    const Move& chosen = weighed(dice_, kMoves);
    const DraftSocket socket = dice_.one_of(draft_.sockets());
    (this->*chosen.make)(socket);
  }

  void make(const Call& call) { draft_.make(call); }

  OptionSet some_options() {
    constexpr std::array kSets{OptionSet::plain, OptionSet::reuseaddr, OptionSet::reuseport,
                               OptionSet::both};
    return dice_.percent(35) ? OptionSet::reuseaddr : dice_.one_of(kSets);
  }

  std::uint16_t some_port() {
    if (dice_.percent(4)) return 0;
    return static_cast<std::uint16_t>(kFirstScriptPort + (dice_.percent(12) ? 1 : 0));
  }

  Endpoint some_address(SocketKind kind) {
    const Endpoint address = is_ipv6(kind) ? weighed(dice_, kSixAddresses).address
                                           : weighed(dice_, kFourAddresses).address;
    return at_port(address, some_port());
  }

  /// Opens a socket and, mostly, does with it what sockets are opened for.
  void open() {
    struct Kind {
      SocketKind kind;
      std::size_t weight;
    };
    static constexpr Kind kKinds[] = {
        {SocketKind::tcp, 58}, {SocketKind::tcp6, 32}, {SocketKind::udp, 6}, {SocketKind::udp6, 4}};
    const SocketKind kind = weighed(dice_, kKinds).kind;
    const std::string name = draft_.next_name();
    make({.name = CallName::socket, .socket = name, .kind = kind});
    if (draft_.sockets().empty() || draft_.sockets().back().name != name) return;
    const OptionSet options = some_options();
    if (options != OptionSet::plain)
      make({.name = CallName::set, .socket = name, .options = options});
    if (is_ipv6(kind) && dice_.percent(30)) make(set_option(name, "IPV6_V6ONLY", 1));
    const DraftSocket socket = draft_.sockets().back();
    if (dice_.percent(70)) bind(socket);
    if (dice_.percent(40)) listen(socket);
    if (dice_.percent(15)) connect(socket);
  }

  void bind(const DraftSocket& socket) {
    if (socket.is_bound && !dice_.percent(10)) return;
    make({.name = CallName::bind, .socket = socket.name, .address = some_address(socket.kind)});
  }

  void listen(const DraftSocket& socket) {
    const bool makes_sense = is_tcp(socket.kind) && socket.is_idle();
    if (!makes_sense && !dice_.percent(10)) return;
    make({.name = CallName::listen, .socket = socket.name, .number = 5});
  }

  /// Where this socket might connect to, preferably where somebody listens.
  Endpoint some_destination(SocketKind kind) {
    std::vector<Endpoint> ways;
    for (const DraftSocket& other : draft_.sockets())
      if (other.is_listening && is_tcp(kind))
        std::ranges::copy(ways_to(other, kind), std::back_inserter(ways));
    if (!ways.empty() && dice_.percent(90)) return dice_.one_of(ways);
    static const std::array kFour{endpoint("127.0.0.1:12000"), endpoint("127.0.0.2:12000"),
                                  endpoint("127.0.0.1:12001")};
    static const std::array kSix{endpoint("[::1]:12000"), endpoint("[::ffff:127.0.0.1]:12000"),
                                 endpoint("[::1]:12001")};
    return is_ipv6(kind) ? dice_.one_of(kSix) : dice_.one_of(kFour);
  }

  void connect(const DraftSocket& socket) {
    if (!socket.is_idle() && !dice_.percent(10)) return;
    make({.name = CallName::connect,
          .socket = socket.name,
          .address = some_destination(socket.kind)});
  }

  void accept(const DraftSocket& socket) {
    if (!socket.is_listening && !dice_.percent(3)) return;
    make({.name = CallName::accept, .socket = socket.name, .new_name = draft_.next_name()});
  }

  void close(const DraftSocket& socket) {
    if (draft_.sockets().size() < 2 && dice_.percent(50)) return;
    make({.name = CallName::close, .socket = socket.name});
  }

  void shut_down(const DraftSocket& socket) {
    if (socket.is_idle() && !dice_.percent(10)) return;
    constexpr std::array kWays{Direction::write, Direction::write, Direction::both,
                               Direction::read};
    make({.name = CallName::shutdown, .socket = socket.name, .direction = dice_.one_of(kWays)});
  }

  void linger(const DraftSocket& socket) {
    make({.name = CallName::linger, .socket = socket.name, .number = 0});
  }

  void toggle(const DraftSocket& socket) {
    const char* name = dice_.percent(60) ? "SO_REUSEADDR" : "SO_REUSEPORT";
    make(set_option(socket.name, name, dice_.percent(50) ? 1 : 0));
  }

  void disconnect(const DraftSocket& socket) {
    make({.name = CallName::disconnect, .socket = socket.name});
  }

  void ask_name(const DraftSocket& socket) {
    const CallName which = dice_.percent(50) ? CallName::getsockname : CallName::getpeername;
    make({.name = which, .socket = socket.name});
  }

  void ask_option(const DraftSocket& socket) {
    constexpr std::array kNames{"SO_REUSEADDR", "SO_REUSEPORT", "SO_ERROR", "SO_ACCEPTCONN"};
    make({.name = CallName::getsockopt,
          .socket = socket.name,
          .option = option(dice_.one_of(kNames))});
  }

  void send(const DraftSocket& socket) {
    if (!is_tcp(socket.kind)) return;
    make({.name = CallName::send, .socket = socket.name, .number = 10});
  }

  void receive(const DraftSocket& socket) {
    if (!is_tcp(socket.kind)) return;
    make({.name = CallName::recv, .socket = socket.name, .number = 100});
  }

  void copy(const DraftSocket& socket) {
    make({.name = CallName::dup, .socket = socket.name, .new_name = draft_.next_name()});
  }

  void change_user(const DraftSocket&) {
    if (!settings_.has_users) return;
    make({.name = CallName::seteuid, .number = dice_.percent(50) ? kSomeUser : 0});
  }

  const RandomSettings& settings_;
  Draft draft_;
  Dice dice_;
};

}  // namespace

ModelledScript random_script(const RandomSettings& settings, std::uint64_t index) {
  return RandomScript(settings, index).make();
}

std::size_t RandomScripts::batches() const { return (settings_.count + kBatch - 1) / kBatch; }

void RandomScripts::make(std::size_t batch, const Take& take) const {
  const std::size_t end = std::min(settings_.count, (batch + 1) * kBatch);
  for (std::size_t index = batch * kBatch; index < end; ++index)
    take(random_script(settings_, index));
}

}  // namespace timewait
