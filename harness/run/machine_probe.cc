#include "harness/run/machine_probe.h"

#include <sys/socket.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/base/error.h"
#include "harness/kernel/capabilities.h"
#include "harness/kernel/namespaces.h"
#include "harness/kernel/network_device.h"
#include "harness/kernel/packet_capture.h"
#include "harness/kernel/socket_destroy.h"
#include "harness/kernel/socket_options.h"
#include "harness/kernel/sysctl.h"
#include "harness/run/attempt.h"

namespace timewait {
namespace {

using nlohmann::json;

constexpr uid_t kAnotherUser = 1;
constexpr const char* kSomeSysctl = "net.ipv4.tcp_fin_timeout";

void try_root_rights() {
  if (const std::string lacking = lacking_capability(); !lacking.empty())
    throw CannotRunHere("root of the sandbox lacks " + lacking);
}

void try_another_user() {
  if (!has_user(kAnotherUser))
    throw CannotRunHere("the sandbox has no other users: only root can give it more than one");
}

void try_ipv6() {
  const Attempt attempt(*Endpoint::parse("[::1]:0"), OptionSet::plain, true);
  if (!attempt.outcome().is_bound())
    throw CannotRunHere("there is no IPv6 on the loopback: " + attempt.outcome().text());
}

/// A TCP socket that is bound to a port of the kernel's choice.
UniqueFd bound_socket() {
  UniqueFd socket(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket()"));
  const SocketAddress address(*Endpoint::parse("127.0.0.1:0"));
  check(::bind(socket.get(), address.get(), address.size()), "bind()");
  return socket;
}

/// The entry of a socket in the kernel's table, or null.
std::optional<SocketEntry> entry_of(const UniqueFd& socket) {
  const std::vector<SocketEntry> table = SocketTable().read();
  const auto entry = std::ranges::find(table, cookie_of(socket.get()), &SocketEntry::cookie);
  return entry == table.end() ? std::nullopt : std::optional(*entry);
}

void try_bound_socket() {
  if (!entry_of(bound_socket())) throw CannotRunHere("the kernel does not show bound sockets");
}

void try_capture() { const PacketCapture capture; }

void try_raw_segment() {
  const UniqueFd socket(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP));
  check(socket.get(), "socket(SOCK_RAW)");
}

void try_destruction() {
  const UniqueFd socket = bound_socket();
  check(::listen(socket.get(), 1), "listen()");
  if (const auto entry = entry_of(socket)) destroy_socket(*entry);
}

/// Its own value, so that nothing changes.
void try_sysctl() { write_sysctl(kSomeSysctl, read_sysctl(kSomeSysctl)); }

void try_device() { add_network_device("doctor", *Endpoint::parse("10.9.0.1:0")); }

/// Something to try.
struct Trial {
  Ability ability;
  void (*act)();
};

constexpr Trial kTrials[] = {
    {Ability::root_rights, try_root_rights},
    {Ability::other_users, try_another_user},
    {Ability::ipv6, try_ipv6},
    {Ability::bound_sockets, try_bound_socket},
    {Ability::capture, try_capture},
    {Ability::raw_segments, try_raw_segment},
    {Ability::destruction, try_destruction},
    {Ability::sysctls, try_sysctl},
    {Ability::devices, try_device},
};

std::string refusal_of(const Trial& trial) {
  try {
    trial.act();
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

bool is_there(const std::string& sysctl) {
  try {
    read_sysctl(sysctl);
    return true;
  } catch (const CannotRunHere&) {
    return false;
  }
}

}  // namespace

bool needs_own_network(Ability ability) {
  return ability != Ability::bound_sockets && ability != Ability::options_of_programs &&
         ability != Ability::capture;
}

std::string probe_machine(Isolation isolation, const std::set<std::string>& sysctls) {
  json refusals = json::object();
  const auto refuse = [&](Ability ability, const std::string& why) {
    refusals[std::string(kAbilities.name(ability))] = why;
  };
  if (isolation != Isolation::user_namespace)
    refuse(Ability::user_namespace, "its programs are root");
  for (const Trial& trial : kTrials)
    if (has_own_network(isolation) || !needs_own_network(trial.ability))
      if (const auto why = refusal_of(trial); !why.empty()) refuse(trial.ability, why);
  if (!has_own_network(isolation))
    for (const auto& [ability, name] : kAbilities.rows())
      if (needs_own_network(ability)) refuse(ability, "not on the machine's own network");
  json missing = json::array();
  for (const std::string& name : sysctls)
    if (!is_there(name)) missing.push_back(name);
  return json{{"refusals", refusals}, {"missing_sysctls", missing}}.dump();
}

MachineProbe read_probe(const std::string& answer) {
  const json found = json::parse(answer);
  MachineProbe probe;
  for (const auto& [ability, why] : found.at("refusals").items())
    probe.refusals[*kAbilities.find(ability)] = why.get<std::string>();
  probe.missing_sysctls = found.at("missing_sysctls").get<std::set<std::string>>();
  return probe;
}

}  // namespace timewait
