#include "harness/scenario/script_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/number.h"
#include "harness/net/errno_name.h"
#include "harness/scenario/learnt_address.h"

namespace timewait {
namespace {

/// The name that a call gives to a new socket; empty when it makes none.
std::string new_name_of(const Call& call) {
  return call.name == CallName::socket ? call.socket : call.new_name;
}

/// The socket that a call is made on; empty when there is none.
std::string used_name_of(const Call& call) {
  return call.name == CallName::socket ? "" : call.socket;
}

bool must_succeed(const Step& step) { return !find_errno(step.result); }

}  // namespace

std::string ScriptNames::take(const Step& step) {
  if (std::string complaint = unknown_address(step); !complaint.empty()) return complaint;
  if (step.verb == Verb::runs) sockets_[step.actor].clear();
  if (!step.call) return {};
  if (std::string complaint = take_call(step); !complaint.empty()) return complaint;
  return step.verb == Verb::learns ? take_address(step) : std::string();
}

std::string ScriptNames::unknown_address(const Step& step) const {
  const auto is_unknown = [&](std::string_view word) {
    const std::string_view name = learnt_name_in(word);
    return !name.empty() && !addresses_.contains(name);
  };
  const auto word = std::ranges::find_if(step.words, is_unknown);
  if (word == step.words.end() && !is_unknown(step.result)) return {};
  return fmt::format(
      "no address is called \"{0}\" yet; \"calls getsockname SOCKET as {0}\" must come first",
      learnt_name_in(word == step.words.end() ? step.result : *word));
}

std::string ScriptNames::complaint_about_sockets(const Step& step) const {
  const auto known = sockets_.find(step.actor);
  const auto has = [&](const std::string& name) {
    return known != sockets_.end() && known->second.contains(name);
  };
  const std::string used = used_name_of(*step.call);
  if (!used.empty() && !has(used) && !parse_number(used))
    return fmt::format("{} has no socket \"{}\" here", step.actor, used);
  const std::string made = new_name_of(*step.call);
  if (has(made)) return fmt::format("{} already has a socket \"{}\"", step.actor, made);
  return {};
}

std::string ScriptNames::take_call(const Step& step) {
  if (std::string complaint = complaint_about_sockets(step); !complaint.empty()) return complaint;
  auto& names = sockets_[step.actor];
  const std::string made = new_name_of(*step.call);
  if (!made.empty() && must_succeed(step)) names.insert(made);
  if (step.call->name == CallName::close) names.erase(step.call->socket);
  return {};
}

std::string ScriptNames::take_address(const Step& step) {
  const CallName call = step.call->name;
  if (call != CallName::getsockname && call != CallName::getpeername)
    return "only getsockname and getpeername give an address";
  if (!addresses_.insert(step.name).second)
    return fmt::format("an address is already called \"{}\"", step.name);
  return {};
}

}  // namespace timewait
