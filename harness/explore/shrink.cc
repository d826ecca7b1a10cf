#include "harness/explore/shrink.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace timewait {
namespace {

/// Hosts from the simplest on; an address may be replaced by those before it.
constexpr std::array<std::string_view, 7> kHosts{
    "127.0.0.1:0", "127.0.0.2:0",          "0.0.0.0:0",           "[::1]:0",
    "[::]:0",      "[::ffff:127.0.0.1]:0", "[::ffff:127.0.0.2]:0"};

/// What stands in IPv4 for what an IPv6 socket was told.
constexpr std::pair<std::string_view, std::string_view> kInFour[] = {{"[::1]:0", "127.0.0.1:0"},
                                                                     {"[::]:0", "0.0.0.0:0"}};

bool has_address(const Call& call) {
  return call.name == CallName::bind || call.name == CallName::connect;
}

bool mentions(const Call& call, const std::string& name) {
  return call.socket == name || call.new_name == name;
}

Endpoint in_four(const Endpoint& endpoint) {
  for (const auto& [six, four] : kInFour)
    if (at_port(endpoint, 0) == *Endpoint::parse(six))
      return at_port(*Endpoint::parse(four), endpoint.port());
  return endpoint.unmapped();
}

/// The same call with something simpler in it, the simplest first.
std::vector<Call> simpler(const Call& call) {
  std::vector<Call> all;
  const auto put = [&](auto change) {
    all.push_back(call);
    change(all.back());
  };
  if (call.name == CallName::set && call.options == OptionSet::both)
    for (const OptionSet options : {OptionSet::reuseaddr, OptionSet::reuseport})
      put([&](Call& one) { one.options = options; });
  if (call.name == CallName::set && call.options == OptionSet::reuseport)
    put([](Call& one) { one.options = OptionSet::reuseaddr; });
  if (call.name == CallName::shutdown && call.direction == Direction::both)
    put([](Call& one) { one.direction = Direction::write; });
  if (!has_address(call)) return all;
  if (call.address.port() > kFirstScriptPort)
    put([](Call& one) { one.address = at_port(one.address, kFirstScriptPort); });
  for (const std::string_view host : kHosts) {
    const Endpoint simple = at_port(*Endpoint::parse(host), call.address.port());
    if (simple == call.address) break;
    if (simple.family() == call.address.family()) put([&](Call& one) { one.address = simple; });
  }
  return all;
}

/// The script with something simpler in the place of one address, wherever that is used.
std::vector<Script> with_simpler_addresses(const Script& script) {
  std::vector<Script> all;
  for (const Call& call : script)
    for (const Call& simple : has_address(call) ? simpler(call) : std::vector<Call>()) {
      all.push_back(script);
      for (Call& one : all.back())
        if (has_address(one) && one.address == call.address) one.address = simple.address;
    }
  return all;
}

/// The script with an IPv4 socket in the place of the IPv6 one called `name`.
Script with_four(Script script, const std::string& name) {
  for (Call& call : script) {
    if (call.socket != name) continue;
    if (call.name == CallName::socket)
      call.kind = is_tcp(call.kind) ? SocketKind::tcp : SocketKind::udp;
    if (has_address(call)) call.address = in_four(call.address);
  }
  std::erase_if(script, [&](const Call& call) {
    return call.socket == name && call.option.name == "IPV6_V6ONLY";
  });
  return script;
}

/// All IPv6 sockets at once: one that connects needs one that listens.
Script with_four(Script script) {
  for (const Call& call : Script(script))
    if (call.name == CallName::socket && is_ipv6(call.kind))
      script = with_four(script, call.socket);
  return script;
}

class Shrinker {
 public:
  Shrinker(Script script, const StillShows& still_shows)
      : script_(std::move(script)), still_shows_(still_shows) {}

  Script shrink() {
    while (drop_sockets() || drop_calls() || leave_six() || simplify()) continue;
    return std::move(script_);
  }

 private:
  bool take(Script candidate) {
    if (candidate == script_ || !still_shows_(candidate)) return false;
    script_ = std::move(candidate);
    return true;
  }

  bool drop_sockets() {
    std::set<std::string> names;
    for (const Call& call : script_) names.insert({call.socket, call.new_name});
    return std::ranges::any_of(names, [this](const std::string& name) {
      Script candidate = script_;
      std::erase_if(candidate, [&](const Call& call) { return mentions(call, name); });
      return !name.empty() && take(std::move(candidate));
    });
  }

  /// Leaves out runs of calls, long ones first.
  bool drop_calls() {
    for (std::size_t length = script_.size() / 2; length > 0; length /= 2)
      for (std::size_t at = script_.size(); at >= length; --at)
        if (take(without(at - length, length))) return true;
    return false;
  }

  Script without(std::size_t at, std::size_t length) const {
    Script candidate = script_;
    const auto first = candidate.begin() + static_cast<std::ptrdiff_t>(at);
    candidate.erase(first, first + static_cast<std::ptrdiff_t>(length));
    return candidate;
  }

  bool leave_six() {
    if (take(with_four(script_))) return true;
    for (std::size_t at = 0; at < script_.size(); ++at) {
      const Call& call = script_[at];
      const bool is_six = call.name == CallName::socket && is_ipv6(call.kind);
      if (is_six && take(with_four(script_, std::string(call.socket)))) return true;
    }
    return false;
  }

  bool simplify() {
    for (Script& candidate : with_simpler_addresses(script_))
      if (take(std::move(candidate))) return true;
    for (std::size_t at = 0; at < script_.size(); ++at)
      for (const Call& simple : simpler(script_[at])) {
        Script candidate = script_;
        candidate[at] = simple;
        if (take(std::move(candidate))) return true;
      }
    return false;
  }

  Script script_;
  const StillShows& still_shows_;
};

/// The script with its sockets named in the order in which they are made.
Script renamed(Script script) {
  std::map<std::string, std::string> names;
  const auto rename = [&](std::string& name) {
    if (name.empty()) return;
    const std::string next(1, static_cast<char>('a' + names.size()));
    name = names.try_emplace(name, next).first->second;
  };
  for (Call& call : script) {
    rename(call.socket);
    rename(call.new_name);
  }
  return script;
}

}  // namespace

Script shrunk(Script script, const StillShows& still_shows) {
  return renamed(Shrinker(std::move(script), still_shows).shrink());
}

}  // namespace timewait
