#include "harness/explore/kernel_side.h"

#include <netinet/tcp.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "harness/base/error.h"
#include "harness/kernel/quick_ack.h"
#include "harness/kernel/sysctl.h"

namespace timewait {
namespace {

constexpr std::uint16_t kFirstPort = 1024;  // below, a port is for root alone
constexpr int kSomeUser = 1000;

/// How long a call may wait until it is interrupted. No call that is meant to come back waits.
constexpr timeval kWatch{.tv_sec = 0, .tv_usec = 200'000};

static_assert(kFirstPort + KernelSide::kMostScripts * kScriptPorts <= 32768,
              "the kernel chooses ports from 32768 on");

/// Interrupts calls that wait.
void start_watch(timeval length) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  check(::sigaction(SIGALRM, &action, nullptr), "sigaction(SIGALRM)");
  const itimerval timer{.it_interval = length, .it_value = length};
  check(::setitimer(ITIMER_REAL, &timer, nullptr), "setitimer()");
}

Call at_ports_from(std::uint16_t first_port, Call call) {
  const std::uint16_t port = call.address.port();
  if (is_script_port(port))
    call.address =
        at_port(call.address, static_cast<std::uint16_t>(port - kFirstScriptPort + first_port));
  return call;
}

/// The endpoint in terms of the ports that scripts name.
Endpoint as_in_script(std::uint16_t first_port, const Endpoint& endpoint) {
  const int offset = endpoint.port() - first_port;
  if (offset < 0 || offset >= kScriptPorts) return endpoint;
  return at_port(endpoint, static_cast<std::uint16_t>(kFirstScriptPort + offset));
}

Call tcp_info_of(const std::string& name) {
  const SocketOption info{.name = "TCP_INFO", .level = IPPROTO_TCP, .number = TCP_INFO};
  return {.name = CallName::getsockopt, .socket = name, .option = info};
}

SocketEntry as_in_script(std::uint16_t first_port, SocketEntry entry) {
  entry.local = as_in_script(first_port, entry.local);
  entry.remote = as_in_script(first_port, entry.remote);
  return entry;
}

/// The number of the script that has this port.
std::optional<std::size_t> script_at(std::uint16_t port) {
  if (port < kFirstPort) return std::nullopt;
  const auto script = static_cast<std::size_t>(port - kFirstPort) / kScriptPorts;
  return script < KernelSide::kMostScripts ? std::optional(script) : std::nullopt;
}

std::optional<std::size_t> script_of(const SocketEntry& entry) {
  const auto script = script_at(entry.local.port());
  return script ? script : script_at(entry.remote.port());
}

}  // namespace

PlayedScript::PlayedScript(std::uint16_t first_port)
    : caller_(Caller::Waiting::no), first_port_(first_port) {}

PlayedScript::~PlayedScript() {
  if (is_somebody_else_) caller_.make({.name = CallName::seteuid, .number = 0});
}

Answer PlayedScript::make(const Call& call) {
  Answer answer = caller_.make(at_ports_from(first_port_, call));
  if (answer.address) answer.address = as_in_script(first_port_, *answer.address);
  if (call.name == CallName::seteuid) is_somebody_else_ = true;
  if (answer.ok()) remember(call);
  return answer;
}

void PlayedScript::remember(const Call& call) {
  if (call.name == CallName::socket && is_tcp(call.kind)) sockets_[call.socket] = ++opened_;
  if (call.name == CallName::accept) sockets_[call.new_name] = ++opened_;
  if (call.name == CallName::close) sockets_.erase(call.socket);
  const auto copied = sockets_.find(call.socket);
  if (call.name == CallName::dup && copied != sockets_.end())
    sockets_[call.new_name] = copied->second;
}

std::vector<std::string> PlayedScript::open_states() {
  constexpr int kStateMask = 0xff;  // tcpi_state is the first byte of struct tcp_info
  std::vector<std::string> states;
  std::set<int> seen;
  for (const auto& [name, socket] : sockets_) {
    if (!seen.insert(socket).second) continue;
    const auto state = static_cast<TcpState>(caller_.make(tcp_info_of(name)).value & kStateMask);
    if (state != TcpState::bound) states.emplace_back(kTcpStates.name(state));
  }
  std::ranges::sort(states);
  return states;
}

KernelSide::KernelSide() {
  acknowledge_at_once();
  start_watch(kWatch);
}

KernelSide::~KernelSide() { start_watch({}); }

std::uint16_t KernelSide::first_port(std::size_t script) {
  return static_cast<std::uint16_t>(kFirstPort + script * kScriptPorts);
}

std::vector<std::vector<std::string>> KernelSide::leftovers(std::size_t scripts) {
  std::vector<std::vector<std::string>> left(scripts);
  for (const SocketEntry& entry : table_.read()) {
    const auto script = script_of(entry);
    if (!script || *script >= scripts) continue;
    const SocketEntry own = as_in_script(first_port(*script), entry);
    left[*script].push_back(comparable_text(own.state, own.local, own.remote));
  }
  for (auto& texts : left) std::ranges::sort(texts);
  return left;
}

std::vector<SocketEntry> KernelSide::entries_of(std::size_t script) {
  std::vector<SocketEntry> entries;
  for (const SocketEntry& entry : table_.read(true))
    if (script_of(entry) == script) entries.push_back(as_in_script(first_port(script), entry));
  return entries;
}

bool KernelSide::has_users() {
  Caller caller;
  const bool has = caller.make({.name = CallName::seteuid, .number = kSomeUser}).ok();
  caller.make({.name = CallName::seteuid, .number = 0});
  return has;
}

std::string comparable_text(TcpState state, const Endpoint& local, const Endpoint& remote) {
  return std::string(kTcpStates.name(state))
      .append(" ")
      .append(comparable_text(local.unmapped()))
      .append(" ")
      .append(comparable_text(remote.unmapped()));
}

}  // namespace timewait
