#include "harness/model/call_dispatch.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/bind_call.h"
#include "harness/model/datagram_calls.h"
#include "harness/model/descriptors.h"
#include "harness/model/model_timers.h"
#include "harness/model/option_rules.h"

namespace timewait {
namespace {

MaybeAnswer answered(int error) { return error != 0 ? Answer::failed(error) : Answer::of(0); }

/// The calls of one process.
class Calls {
 public:
  Calls(World& world, ModelProcess& process) : world_(world), process_(process) {}

  MaybeAnswer make(const Call& call);

 private:
  MaybeAnswer make_on(ModelSocket& socket, const Call& call);
  MaybeAnswer open(const Call& call);
  MaybeAnswer accept(ModelSocket& socket, const Call& call);
  MaybeAnswer set(ModelSocket& socket, OptionSet options);
  MaybeAnswer linger(ModelSocket& socket, int seconds);
  MaybeAnswer poll(ModelSocket& socket, const Call& call);
  MaybeAnswer name_of(ModelSocket& socket) const;
  MaybeAnswer peer_of(ModelSocket& socket) const;
  MaybeAnswer close(const Call& call);
  MaybeAnswer become(int uid);
  MaybeAnswer leave_network();

  World& world_;
  ModelProcess& process_;
};

MaybeAnswer Calls::open(const Call& call) {
  check_new(process_, call.socket);
  ModelSocket socket;
  socket.id = ++world_.last_id;
  socket.kind = call.kind;
  socket.network = process_.network;
  socket.uid = process_.uid;
  const std::array<std::uint8_t, 16> any{};
  if (is_ipv6(call.kind)) {
    socket.local = Endpoint(AF_INET6, any.data(), 0);
    socket.options.set(Option::v6only, world_.sysctls_of(socket).bindv6only != 0 ? 1 : 0);
  }
  return keep(world_, process_, call.socket, world_.new_socket(socket).place);
}

MaybeAnswer Calls::accept(ModelSocket& socket, const Call& call) {
  if (!socket.is_stream()) return Answer::failed(EOPNOTSUPP);
  MaybeAnswer answer;
  ModelSocket* child = take_from_queue(world_, socket, answer);
  if (child == nullptr) return answer;
  if (world_.decides(Rule::connection_belongs_to_who_accepts, child->uid != process_.uid))
    child->uid = process_.uid;
  return keep(world_, process_, call.new_name, child->place);
}

MaybeAnswer Calls::set(ModelSocket& socket, OptionSet options) {
  if (has_reuseaddr(options)) socket.options.set(Option::reuseaddr, 1);
  if (has_reuseport(options)) socket.options.set(Option::reuseport, 1);
  return Answer::of(0);
}

MaybeAnswer Calls::linger(ModelSocket& socket, int seconds) {
  socket.options.set(Option::linger, seconds);
  return Answer::of(0);
}

MaybeAnswer Calls::poll(ModelSocket& socket, const Call& call) {
  const auto is_over = [&] {
    const short events =
        socket.is_stream() ? stream_events(world_, socket) : datagram_events(socket);
    return (events & (static_cast<short>(call.readiness) | POLLERR | POLLHUP)) != 0;
  };
  ModelSocket blocking;  // poll() waits whatever the socket does
  return Answer::of(wait_until(world_, blocking, call.number, is_over) == Wait::over ? 1 : 0);
}

MaybeAnswer Calls::name_of(ModelSocket& socket) const {
  return Answer{.address = socket.shown(socket.local)};
}

MaybeAnswer Calls::peer_of(ModelSocket& socket) const {
  const bool is_open = socket.state != TcpState::bound && socket.state != TcpState::syn_sent;
  if (!socket.is_connected() || !is_open) return Answer::failed(ENOTCONN);
  return Answer{.address = socket.shown(socket.remote)};
}

MaybeAnswer Calls::close(const Call& call) {
  const int descriptor = descriptor_called(process_, call.socket);
  std::erase_if(process_.names, [&](const auto& name) { return name.first == call.socket; });
  const int place = place_at(process_, descriptor);
  if (place == ModelProcess::kClosed) return Answer::failed(EBADF);
  process_.descriptors[static_cast<std::size_t>(descriptor)] = ModelProcess::kClosed;
  release(world_, place, true);
  return Answer::of(0);
}

MaybeAnswer Calls::become(int uid) {
  if (world_.decides(Rule::root_becomes_anybody,
                     process_.uid != 0 && uid != 0 && uid != process_.uid))
    return Answer::failed(EPERM);
  process_.uid = uid;
  return Answer::of(0);
}

MaybeAnswer Calls::leave_network() {
  if (process_.uid != 0) return Answer::failed(EPERM);
  world_.networks.emplace_back();
  process_.network = static_cast<int>(world_.networks.size()) - 1;
  return Answer::of(0);
}

MaybeAnswer Calls::make_on(ModelSocket& socket, const Call& call) {
  const bool stream = socket.is_stream();
  switch (call.name) {
    case CallName::set:
      return set(socket, call.options);
    case CallName::bind:
      return answered(bind_socket(world_, socket, call.address, process_.uid));
    case CallName::listen:
      return answered(listen_on(world_, socket, call.number));
    case CallName::accept:
      return accept(socket, call);
    case CallName::connect:
      return stream ? connect_stream(world_, socket, call.address)
                    : connect_datagram(world_, socket, call.address);
    case CallName::disconnect:
      stream ? disconnect_stream(world_, socket) : disconnect_datagram(world_, socket);
      return Answer::of(0);
    case CallName::send:
      return stream ? send_stream(world_, socket, call.number, call.urgent)
                    : send_datagram(world_, socket, call.number, call.urgent);
    case CallName::recv:
      return stream ? receive_stream(world_, socket, call.number)
                    : receive_datagram(world_, socket, call.number);
    case CallName::shutdown:
      return answered(stream ? shut_down_stream(world_, socket, call.direction)
                             : shut_down_datagram(socket, call.direction));
    case CallName::linger:
      return linger(socket, call.number);
    case CallName::setsockopt:
      return set_option(world_, socket, call, process_.uid);
    case CallName::getsockopt:
      return get_option(world_, socket, call.option);
    case CallName::getsockname:
      return name_of(socket);
    case CallName::getpeername:
      return peer_of(socket);
    case CallName::poll:
      return poll(socket, call);
    case CallName::nonblock:
      socket.is_nonblocking = true;
      return Answer::of(0);
    case CallName::socket:
    case CallName::dup:
    case CallName::close:
    case CallName::seteuid:
    case CallName::unshare:
    case CallName::exit:
      break;
  }
  return Answer::of(0);
}

MaybeAnswer Calls::make(const Call& call) {
  if (call.name == CallName::socket) return open(call);
  if (call.name == CallName::close) return close(call);
  if (call.name == CallName::seteuid) return become(call.number);
  if (call.name == CallName::unshare) return leave_network();
  const int place = place_at(process_, descriptor_called(process_, call.socket));
  if (call.name == CallName::set && call.options == OptionSet::plain) return Answer::of(0);
  if (call.name == CallName::accept || call.name == CallName::dup)
    check_new(process_, call.new_name);
  if (place == ModelProcess::kClosed)
    return call.name == CallName::poll ? Answer::of(1) : Answer::failed(EBADF);
  if (call.name == CallName::dup) return keep(world_, process_, call.new_name, place);
  if (place != ModelProcess::kPipe) return make_on(world_.at(place), call);
  const bool is_for_all = call.name == CallName::poll || call.name == CallName::nonblock;
  return is_for_all ? Answer::of(0) : Answer::failed(ENOTSOCK);
}

}  // namespace

MaybeAnswer make_call(World& world, int process, const Call& call) {
  if (call.name == CallName::exit) {
    end_process(world, process);
    return Answer::of(0);
  }
  return Calls(world, world.processes[static_cast<std::size_t>(process)]).make(call);
}

}  // namespace timewait
