#include "harness/explore/moves.h"

namespace timewait {
namespace {

constexpr std::size_t kMostOpen = 3;

struct Place {
  SocketKind kind;
  const char* address;
  bool v6only;
};

/// Where sockets are bound; each address in each way in which it means something else.
constexpr Place kPlaces[] = {
    {SocketKind::tcp, "127.0.0.1:12000", false},
    {SocketKind::tcp, "127.0.0.2:12000", false},
    {SocketKind::tcp, "0.0.0.0:12000", false},
    {SocketKind::tcp6, "[::1]:12000", false},
    {SocketKind::tcp6, "[::]:12000", false},
    {SocketKind::tcp6, "[::]:12000", true},
    {SocketKind::tcp6, "[::ffff:127.0.0.1]:12000", false},
};

Call set_option(const std::string& socket, const char* name, long long value) {
  return {.name = CallName::setsockopt,
          .socket = socket,
          .option = *find_socket_option(name),
          .value = {.first = value}};
}

Script bound_socket(const std::string& name, const Place& place, OptionSet options) {
  Script calls{{.name = CallName::socket, .socket = name, .kind = place.kind}};
  if (options != OptionSet::plain)
    calls.push_back({.name = CallName::set, .socket = name, .options = options});
  if (place.v6only) calls.push_back(set_option(name, "IPV6_V6ONLY", 1));
  calls.push_back(
      {.name = CallName::bind, .socket = name, .address = *Endpoint::parse(place.address)});
  return calls;
}

class Moves {
 public:
  explicit Moves(const Draft& draft) : draft_(draft) {}

  std::vector<Script> all() {
    for (const DraftSocket& socket : draft_.sockets()) use(socket);
    if (draft_.sockets().size() < kMostOpen) open();
    return std::move(moves_);
  }

 private:
  void add(const Call& call) { moves_.push_back({call}); }

  void open() {
    const std::string name = draft_.next_name();
    for (const Place& place : kPlaces)
      for (const auto& [options, word] : kOptionSets.rows())
        moves_.push_back(bound_socket(name, place, options));
    for (const SocketKind kind : {SocketKind::tcp, SocketKind::tcp6})
      for (const Endpoint& listener : destinations(kind))
        moves_.push_back({{.name = CallName::socket, .socket = name, .kind = kind},
                          {.name = CallName::connect, .socket = name, .address = listener}});
  }

  std::vector<Endpoint> destinations(SocketKind kind) const {
    std::vector<Endpoint> all;
    for (const DraftSocket& socket : draft_.sockets())
      if (socket.is_listening)
        for (const Endpoint& way : ways_to(socket, kind)) all.push_back(way);
    return all;
  }

  void use(const DraftSocket& socket) {
    add({.name = CallName::close, .socket = socket.name});
    if (socket.is_listening) return use_listener(socket);
    if (socket.is_connected) return use_connection(socket);
    if (!socket.is_bound) return;
    add({.name = CallName::listen, .socket = socket.name, .number = 5});
    for (const Endpoint& listener : destinations(socket.kind))
      add({.name = CallName::connect, .socket = socket.name, .address = listener});
    toggle(socket);
  }

  void use_listener(const DraftSocket& socket) {
    add({.name = CallName::accept, .socket = socket.name, .new_name = draft_.next_name()});
    add({.name = CallName::shutdown, .socket = socket.name, .direction = Direction::both});
    toggle(socket);
  }

  void use_connection(const DraftSocket& socket) {
    add({.name = CallName::shutdown, .socket = socket.name, .direction = Direction::write});
    add({.name = CallName::linger, .socket = socket.name, .number = 0});
    add({.name = CallName::disconnect, .socket = socket.name});
  }

  void toggle(const DraftSocket& socket) {
    for (const char* name : {"SO_REUSEADDR", "SO_REUSEPORT"})
      for (const int value : {0, 1}) add(set_option(socket.name, name, value));
  }

  const Draft& draft_;
  std::vector<Script> moves_;
};

}  // namespace

std::vector<Script> moves_of(const Draft& draft) { return Moves(draft).all(); }

}  // namespace timewait
