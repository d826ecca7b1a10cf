#include "harness/explore/random_scripts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "harness/explore/random_choices.h"

namespace timewait {
namespace {

constexpr std::size_t kMostOpen = 6;
constexpr int kSomeUser = 1000;

/// A script in the making, and the dice that say how it goes on.
class RandomScript {
 public:
  RandomScript(const RandomSettings& settings, std::uint64_t index)
      : settings_(settings), draft_(settings.model), dice_(Dice::of(settings.seed, index)) {}

  ModelledScript make() {
    while (draft_.script().size() < settings_.length && draft_.has_names() && !draft_.is_over())
      move();
    return draft_.finish();
  }

 private:
  /// What can be done with a socket, and with which it makes sense.
  struct Move {
    std::size_t weight;
    void (RandomScript::*make)(const DraftSocket&);
    bool (*fits)(const DraftSocket&);
  };

  void move() {
    static constexpr auto kAny = [](const DraftSocket&) { return true; };
    static constexpr auto kListening = [](const DraftSocket& one) { return one.is_listening; };
    static constexpr auto kConnected = [](const DraftSocket& one) { return one.is_connected; };
    static constexpr auto kUnbound = [](const DraftSocket& one) {
      return !one.is_bound && one.is_idle();
    };
    static constexpr auto kIdle = [](const DraftSocket& one) {
      return one.is_idle() && is_tcp(one.kind);
    };
    static constexpr Move kMoves[] = {
        {10, &RandomScript::bind, kUnbound},
        {20, &RandomScript::listen, kIdle},
        {25, &RandomScript::connect, kIdle},
        {25, &RandomScript::accept, kListening},
        {14, &RandomScript::close, kConnected},
        {10, &RandomScript::close, kAny},
        {14, &RandomScript::shut_down, kConnected},
        {4, &RandomScript::shut_down, kAny},
        {5, &RandomScript::linger, kConnected},
        {12, &RandomScript::toggle, kAny},
        {4, &RandomScript::disconnect, kAny},
        {4, &RandomScript::ask_name, kAny},
        {4, &RandomScript::ask_option, kAny},
        {6, &RandomScript::send, kConnected},
        {6, &RandomScript::receive, kConnected},
        {2, &RandomScript::copy, kAny},
        {3, &RandomScript::change_user, kAny},
        {2, &RandomScript::connect, kAny},
        {3, &RandomScript::set_odd_option, kAny},
        {1, &RandomScript::stop_blocking, kAny},
        {2, &RandomScript::look, kAny},
    };
    const std::size_t open_sockets = draft_.sockets().size();
    if (open_sockets == 0 || (open_sockets < kMostOpen && dice_.percent(22))) return open();
    const Move& chosen = weighed(dice_, kMoves);
    std::vector<DraftSocket> fitting = draft_.sockets();
    // What makes no sense is worth a call now and then.
    if (!dice_.percent(3))
      std::erase_if(fitting, [&](const DraftSocket& one) { return !chosen.fits(one); });
    if (!fitting.empty()) (this->*chosen.make)(dice_.one_of(fitting));
  }

  void make(const Call& call) { draft_.make(call); }

  /// Opens a socket and, mostly, does with it what sockets are opened for.
  void open() {
    const SocketKind kind = some_kind(dice_);
    const std::string name = draft_.next_name();
    make({.name = CallName::socket, .socket = name, .kind = kind});
    if (draft_.sockets().empty() || draft_.sockets().back().name != name) return;
    const OptionSet options = some_options(dice_);
    if (options != OptionSet::plain)
      make({.name = CallName::set, .socket = name, .options = options});
    if (is_ipv6(kind) && dice_.percent(30)) make(set_int(name, "IPV6_V6ONLY", 1));
    if (dice_.percent(5)) set_odd_option(draft_.sockets().back());
    const DraftSocket socket = draft_.sockets().back();
    if (can_reach_somebody(kind) && dice_.percent(55)) return connect_bound_or_not(socket);
    bind(socket);
    if (is_tcp(kind) && dice_.percent(60)) listen(socket);
  }

  bool can_reach_somebody(SocketKind kind) const {
    return std::ranges::any_of(
        draft_.sockets(), [&](const DraftSocket& one) { return is_tcp(kind) && one.is_listening; });
  }

  void connect_bound_or_not(const DraftSocket& socket) {
    if (dice_.percent(30)) bind(socket);
    connect(socket);
  }

  void bind(const DraftSocket& socket) {
    make({.name = CallName::bind,
          .socket = socket.name,
          .address = some_address(dice_, socket.kind)});
  }

  void listen(const DraftSocket& socket) {
    make({.name = CallName::listen, .socket = socket.name, .number = dice_.percent(15) ? 0 : 5});
  }

  void connect(const DraftSocket& socket) {
    make({.name = CallName::connect,
          .socket = socket.name,
          .address = some_destination(dice_, draft_.sockets(), socket.kind)});
  }

  void accept(const DraftSocket& socket) {
    make({.name = CallName::accept, .socket = socket.name, .new_name = draft_.next_name()});
  }

  void close(const DraftSocket& socket) { make({.name = CallName::close, .socket = socket.name}); }

  void shut_down(const DraftSocket& socket) {
    constexpr std::array kWays{Direction::write, Direction::write, Direction::both,
                               Direction::read};
    make({.name = CallName::shutdown, .socket = socket.name, .direction = dice_.one_of(kWays)});
  }

  void linger(const DraftSocket& socket) {
    make({.name = CallName::linger, .socket = socket.name, .number = 0});
  }

  void toggle(const DraftSocket& socket) {
    const char* name = dice_.percent(60) ? "SO_REUSEADDR" : "SO_REUSEPORT";
    make(set_int(socket.name, name, dice_.percent(50) ? 1 : 0));
  }

  /// What few programs set, mostly right after the socket was made.
  void set_odd_option(const DraftSocket& socket) { make(odd_option(dice_, socket.name)); }

  void stop_blocking(const DraftSocket& socket) {
    make({.name = CallName::nonblock, .socket = socket.name});
  }

  void look(const DraftSocket& socket) {
    constexpr std::array kReady{Readiness::in, Readiness::out, Readiness::hup};
    make({.name = CallName::poll, .socket = socket.name, .readiness = dice_.one_of(kReady)});
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
          .option = *find_socket_option(dice_.one_of(kNames))});
  }

  void send(const DraftSocket& socket) {
    make({.name = CallName::send,
          .socket = socket.name,
          .number = 10,
          .urgent = is_tcp(socket.kind) && dice_.percent(15)});
  }

  void receive(const DraftSocket& socket) {
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
