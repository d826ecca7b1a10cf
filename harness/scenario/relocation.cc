#include "harness/scenario/relocation.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace timewait {
namespace {

Endpoint address(const char* text) { return *Endpoint::parse(text); }

const Endpoint kLoopback = address("127.0.0.1:0");

/// An address that a cell binds, connects to, or expects to be told by a call.
struct Mention {
  enum class Use { binds, connects, is_told } use;
  Endpoint endpoint;
};
using Use = Mention::Use;

bool runs_program(Verb verb) { return verb == Verb::runs || verb == Verb::tries; }

/// The addresses that a program is told or has itself.
std::vector<Mention> mentions_of_program(const Step& step) {
  const DocumentProgram program = find_document_program(step.words.front());
  const Use use = program.role == Role::connects ? Use::connects : Use::binds;
  std::vector<Mention> mentions;
  for (const std::string& word : step.words)
    if (const auto endpoint = Endpoint::parse(word)) mentions.push_back({use, *endpoint});
  if (!program.address.empty() && mentions.empty())
    mentions.push_back({use, *Endpoint::parse(program.address)});
  return mentions;
}

std::vector<Mention> mentions_of(const Step& step) {
  if (runs_program(step.verb)) return mentions_of_program(step);
  std::vector<Mention> mentions;
  if (step.call && step.call->name == CallName::bind)
    mentions.push_back({Use::binds, step.call->address});
  if (step.call && step.call->name == CallName::connect)
    mentions.push_back({Use::connects, step.call->address});
  if (step.endpoint)
    mentions.push_back(
        {step.verb == Verb::connects_to ? Use::connects : Use::binds, *step.endpoint});
  if (const auto told = Endpoint::parse(step.result)) mentions.push_back({Use::is_told, *told});
  return mentions;
}

std::string need_of_address(const Mention& mention) {
  const Endpoint& endpoint = mention.endpoint;
  if (endpoint.family() != AF_INET) return "it uses IPv6";
  const bool is_wildcard = endpoint.is_wildcard();
  if (!is_wildcard && endpoint.host() != kLoopback.host())
    return "it uses the address " + endpoint.host();
  if (is_wildcard && mention.use == Use::connects) return "it connects to 0.0.0.0";
  if (endpoint.port() == 0) return "it has the kernel choose a port";
  if (endpoint.port() < kFirstUnprivilegedPort) return "it uses a privileged port";
  return "";
}

/// The options that mean the same to everybody everywhere; the others want root, or depend on
/// sysctls or devices.
bool is_harmless(const SocketOption& option) {
  constexpr std::string_view kHarmless[] = {"SO_REUSEADDR", "SO_REUSEPORT", "SO_LINGER",
                                            "SO_KEEPALIVE", "SO_RCVTIMEO",  "SO_SNDTIMEO",
                                            "TCP_NODELAY",  "SO_ERROR",     "SO_ACCEPTCONN"};
  return std::ranges::find(kHarmless, option.name) != std::end(kHarmless);
}

std::string need_of_call(const Call& call) {
  switch (call.name) {
    case CallName::seteuid:
      return "it becomes another user";
    case CallName::unshare:
      return "it goes into another network";
    case CallName::setsockopt:
    case CallName::getsockopt:
      return is_harmless(call.option)
                 ? ""
                 : "it uses an option that depends on the machine or wants root";
    case CallName::socket:
      return is_ipv6(call.kind) ? "it uses IPv6" : "";
    case CallName::set:
    case CallName::bind:
    case CallName::listen:
    case CallName::accept:
    case CallName::connect:
    case CallName::disconnect:
    case CallName::send:
    case CallName::recv:
    case CallName::shutdown:
    case CallName::linger:
    case CallName::getsockname:
    case CallName::getpeername:
    case CallName::poll:
    case CallName::nonblock:
    case CallName::dup:
    case CallName::close:
    case CallName::exit:
      return "";
  }
  return "";
}

std::string need_of_program(const Step& step) {
  const DocumentProgram program = find_document_program(step.words.front());
  if (program.role == Role::foreign)
    return "it runs " + step.words.front() + ", which has addresses of its own";
  return program.name == "two_addresses" ? "it uses two addresses" : "";
}

std::string need_of_verb(const Step& step) {
  switch (step.verb) {
    case Verb::sysctl:
      return "it sets a sysctl";
    case Verb::loopback:
      return "it takes the loopback down";
    case Verb::device:
      return "it adds a network device";
    case Verb::route:
      return "it adds a route";
    case Verb::counter:
      return "it reads a counter of its network";
    case Verb::destroy:
      return "it destroys sockets";
    case Verb::forge_reset:
    case Verb::replay_fin:
      return "it sends raw segments";
    case Verb::unprivileged:
      return "it wants users of its own";
    case Verb::learns:
      return "it has the kernel choose a port";
    case Verb::runs:
    case Verb::tries:
      return need_of_program(step);
    case Verb::listens_on:
    case Verb::connects_to:
    case Verb::types:
    case Verb::ends_input:
    case Verb::calls:
    case Verb::calls_until:
    case Verb::accepts:
    case Verb::has_unread:
    case Verb::timer_left:
    case Verb::prints:
    case Verb::gets:
    case Verb::group_gets:
    case Verb::exits:
    case Verb::dies_of:
    case Verb::fails_with:
    case Verb::stays:
    case Verb::await:
    case Verb::precondition:
    case Verb::rebind:
    case Verb::rebind_until_bound:
    case Verb::rebind_for:
    case Verb::restarts:
    case Verb::attempts:
    case Verb::executes_itself:
      return "";
  }
  return "";
}

std::string need_of_step(const Step& step) {
  if (std::string need = need_of_verb(step); !need.empty()) return need;
  if (step.call)
    if (std::string need = need_of_call(*step.call); !need.empty()) return need;
  for (const Mention& mention : mentions_of(step))
    if (std::string need = need_of_address(mention); !need.empty()) return need;
  return "";
}

/// Which addresses are bound on one and the same port: a wildcard beside another one could not be
/// told from it at the new place.
std::string need_of_wildcard(const Cell& cell) {
  std::map<std::uint16_t, std::set<bool>> kinds;
  for (const Step& step : cell.steps)
    for (const Mention& mention : mentions_of(step))
      if (mention.use == Use::binds)
        kinds[mention.endpoint.port()].insert(mention.endpoint.is_wildcard());
  const bool is_mixed =
      std::ranges::any_of(kinds, [](const auto& one) { return one.second.size() > 1; });
  return is_mixed ? "it binds 0.0.0.0 beside 127.0.0.1" : "";
}

/// `text` at the new place where it is an address, else as it is.
std::string moved_word(const std::string& text, const Relocation& to) {
  const auto endpoint = Endpoint::parse(text);
  return endpoint ? to.moved(*endpoint).text() : text;
}

std::string moved_text(const std::string& text, const Relocation& to) {
  std::istringstream words(text);
  std::string all;
  for (std::string word; words >> word;) all += (all.empty() ? "" : " ") + moved_word(word, to);
  return all;
}

/// Says to a program where it is, unless the script does.
void tell_place(Step& step, const Relocation& to) {
  const DocumentProgram program = find_document_program(step.words.front());
  const std::string flag = program.role == Role::connects ? "--to" : "--at";
  if (program.address.empty() || std::ranges::find(step.words, flag) != step.words.end()) return;
  step.words.push_back(flag);
  step.words.push_back(to.moved(address(std::string(program.address).c_str())).text());
}

void move_step(Step& step, const Relocation& to) {
  if (step.verb == Verb::types || step.verb == Verb::prints) return;
  for (std::string& word : step.words) word = moved_word(word, to);
  if (runs_program(step.verb)) tell_place(step, to);
  if (step.call) step.call = parse_call(step.words);
  if (step.endpoint) step.endpoint = to.moved(*step.endpoint);
  step.result = moved_word(step.result, to);
  step.text = moved_text(step.text, to);
}

bool has_own_port(const Relocation& place, const Endpoint& endpoint) {
  return std::ranges::any_of(place.ports,
                             [&](const auto& one) { return one.second == endpoint.port(); });
}

}  // namespace

Endpoint Relocation::moved(const Endpoint& endpoint) const {
  return Endpoint(AF_INET, host.address(), ports.at(endpoint.port()));
}

Endpoint Relocation::in_script(const Endpoint& endpoint, bool is_connected) const {
  if (endpoint.unmapped().host() != host.host()) return endpoint;
  for (const auto& [port, own] : ports) {
    if (own != endpoint.port()) continue;
    const bool is_wildcard = !is_connected && wildcards.contains(port);
    return Endpoint(AF_INET, (is_wildcard ? Endpoint() : kLoopback).address(), port);
  }
  return Endpoint(AF_INET, kLoopback.address(), endpoint.port());
}

bool Relocation::holds(const Endpoint& endpoint) const {
  return endpoint.host() == host.host() && has_own_port(*this, endpoint);
}

bool Relocation::concerns(const SocketEntry& entry) const {
  return entry.local.unmapped().host() == host.host() ||
         entry.remote.unmapped().host() == host.host() || has_own_port(*this, entry.local);
}

bool Relocation::is_of_a_stranger(const SocketEntry& entry) const {
  return has_own_port(*this, entry.local) && entry.local.unmapped().host() != host.host();
}

std::string need_of_network(const Cell& cell) {
  for (const Step& step : cell.steps)
    if (std::string need = need_of_step(step); !need.empty()) return need;
  return need_of_wildcard(cell);
}

NamedPorts ports_of(const Cell& cell) {
  NamedPorts ports;
  for (const Step& step : cell.steps)
    for (const Mention& mention : mentions_of(step)) {
      ports.all.insert(mention.endpoint.port());
      if (mention.use == Use::binds && mention.endpoint.is_wildcard())
        ports.wildcards.insert(mention.endpoint.port());
    }
  return ports;
}

Cell relocated(const Cell& cell, const Relocation& to) {
  Cell moved = cell;
  for (Step& step : moved.steps) move_step(step, to);
  for (Actor& actor : moved.actors)
    if (actor.place) actor.place->endpoint = to.moved(actor.place->endpoint);
  return moved;
}

}  // namespace timewait
