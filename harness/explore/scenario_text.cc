#include "harness/explore/scenario_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "harness/net/errno_name.h"
#include "harness/scenario/outcome.h"
#include "harness/scenario/state_list.h"

namespace timewait {
namespace {

bool can_be_attempted(const SmallFinding& small) {
  const Call& last = small.finding.script.back();
  // A connect() that succeeds changes what the other sockets are, which an attempt must not.
  const bool decides = last.name == CallName::bind || last.name == CallName::listen ||
                       (last.name == CallName::connect && !small.story.answers.back().ok());
  const bool is_tcp_only = std::ranges::none_of(small.finding.script, [](const Call& call) {
    return call.name == CallName::socket && !is_tcp(call.kind);
  });
  return decides && is_tcp_only && small.finding.disagreement.subject == Subject::answer;
}

bool waited(const Call& call, const Answer& answer) {
  return comparable_text(call, answer) == kWaits;
}

/// The port that the script is about: the one that its last bind() or connect() names.
std::uint16_t port_of(const Script& script) {
  const auto named = std::find_if(script.rbegin(), script.rend(), [](const Call& call) {
    return is_script_port(call.address.port());
  });
  return named == script.rend() ? kFirstScriptPort : named->address.port();
}

/// What a call must give for the script to go on as it did; empty where that is success.
std::string giving(const Call& call, const Answer& answer) {
  const bool is_name = call.name == CallName::getsockname || call.name == CallName::getpeername;
  if (!answer.ok()) return " giving " + errno_name(answer.error);
  if (is_name && answer.address && is_script_port(answer.address->port()))
    return " giving " + answer.address->text();
  if (call.name == CallName::recv || call.name == CallName::getsockopt)
    return " giving " + answer.text();
  return "";
}

/// A call as a step. One that waited would hold up the actor; poll() says that it would.
std::string step(const Call& call, const Answer& answer) {
  if (waited(call, answer)) return fmt::format("server calls poll {} 0 giving 0\n", call.socket);
  return fmt::format("server calls {}{}\n", text_of(call), giving(call, answer));
}

std::string states_at(const std::vector<SocketEntry>& table, std::uint16_t port) {
  StateList states;
  for (const SocketEntry& entry : table)
    if (entry.protocol == Protocol::tcp && entry.local.port() == port) states.add(entry.state);
  return states.text();
}

/// The last call, as the attempt or before one that succeeds; and what to expect of it.
struct Ending {
  std::string lines;
  std::string expect;
};

Ending ending_of(const SmallFinding& small) {
  const Call& last = small.finding.script.back();
  const Answer& answer = small.story.answers.back();
  if (!can_be_attempted(small))
    return {.lines = step(last, answer) +
                     "server calls socket last\nserver attempts getsockopt last SO_ACCEPTCONN\n",
            .expect = Outcome::returned(SocketCall::getsockopt, 0).text()};
  const SocketCall call = row_of(last.name).call;
  return {.lines = fmt::format("precondition server {}\nserver attempts {}\n",
                               states_at(small.story.table, port_of(small.finding.script)),
                               text_of(last)),
          .expect = (answer.ok() ? Outcome::returned(call, answer.value)
                                 : Outcome::failed(call, answer.error))
                        .text()};
}

/// What the two sides say, as a comment.
std::string comment(const Finding& finding) {
  const auto& [script, disagreement] = finding;
  return fmt::format("# {}: the kernel says {}, the model {}.\n",
                     disagreement.subject == Subject::answer
                         ? text_of(script[disagreement.at])
                         : std::string(kSubjects.name(disagreement.subject)),
                     disagreement.kernel, disagreement.model);
}

}  // namespace

std::string scenario_text(const SmallFinding& small) {
  const Script& script = small.finding.script;
  const Ending ending = ending_of(small);
  std::string lines = fmt::format("server runs peer\nserver listens on [::]:{}\n", port_of(script));
  for (std::size_t i = 0; i + 1 < script.size(); ++i)
    lines += step(script[i], small.story.answers[i]);
  return fmt::format(
      "title   = \"The kernel and the model disagree\"\n"
      "teaches = \"What the kernel does here the model does not know.\"\n"
      "from    = [\"ours\"]\n"
      "expect  = \"{}\"\n\n{}script = \"\"\"\n{}{}\"\"\"\n",
      ending.expect, comment(small.finding), lines, ending.lines);
}

std::string scenario_name(const SmallFinding& small, std::size_t number) {
  const auto& [script, disagreement] = small.finding;
  std::string name = disagreement.subject == Subject::answer
                         ? fmt::format("{} gives {}", row_of(script[disagreement.at].name).word,
                                       disagreement.kernel)
                         : std::string(kSubjects.name(disagreement.subject));
  for (char& letter : name)
    letter = std::isalnum(static_cast<unsigned char>(letter)) != 0
                 ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter)))
                 : '-';
  return fmt::format("{}-{}", name, number);
}

}  // namespace timewait
