#include "harness/run/attempt.h"

#include <sys/socket.h>

#include <cerrno>

namespace timewait {
namespace {

constexpr int kBacklog = 5;

}  // namespace

Attempt::Attempt(const Endpoint& endpoint, OptionSet options, bool udp) {
  const int type = udp ? SOCK_DGRAM : SOCK_STREAM;
  socket_.reset(::socket(endpoint.family(), type | SOCK_CLOEXEC, 0));
  if (!made({.call = SocketCall::socket,
             .arguments = udp ? "udp" : "tcp",
             .value = socket_.get(),
             .error = socket_ ? 0 : errno}))
    return;
  for (CallResult& option : apply(options, socket_.get()))
    if (!made(std::move(option))) return;
  if (!made(bind(socket_.get(), endpoint)) || udp) return;
  made(listen(socket_.get(), kBacklog));
}

bool Attempt::made(CallResult result) {
  calls_.push_back(std::move(result));
  return calls_.back().ok();
}

Outcome Attempt::outcome() const {
  const CallResult& last = calls_.back();
  return last.ok() ? Outcome::bound() : Outcome::failed(last.call, last.error);
}

}  // namespace timewait
