#include "harness/run/isolation.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "harness/base/error.h"
#include "harness/kernel/namespaces.h"
#include "harness/kernel/socket_options.h"
#include "harness/kernel/socket_table.h"
#include "harness/process/descendants.h"
#include "harness/run/attempt.h"
#include "harness/run/loopback_claim.h"
#include "harness/run/run_summary.h"
#include "harness/run/sandbox.h"

namespace timewait {
namespace {

constexpr Duration kPatience = std::chrono::seconds(5);

using nlohmann::json;

constexpr std::uint16_t kPort = 12000;

/// Where a listener can be tried: at 127.0.0.1:12000, or where a cell of that port would be.
class TryOut {
 public:
  explicit TryOut(Isolation isolation) {
    if (has_own_network(isolation)) return;
    if (!can_find_descendants())
      throw CannotRunHere(
          "/proc does not show what a cell leaves behind, so it could not be ended");
    claim_.emplace(NamedPorts{.all = {kPort}, .wildcards = {}});
  }

  Endpoint endpoint() const {
    const Endpoint usual = *Endpoint::parse("127.0.0.1:12000");
    return claim_ ? claim_->place().moved(usual) : usual;
  }

 private:
  std::optional<LoopbackClaim> claim_;
};

/// What a cell needs at least: a listener on the loopback that shows in the socket table. Returns
/// why that is not to be had, or null.
json refusal_inside(Isolation isolation) {
  try {
    const TryOut place(isolation);
    const Attempt attempt(place.endpoint(), OptionSet::plain, false);
    if (!attempt.outcome().is_bound()) return attempt.outcome().text();
    const auto table = SocketTable().read();
    const auto found = std::ranges::find(table, place.endpoint(), &SocketEntry::local);
    return found == table.end() ? json("the socket table does not show a listener") : json();
  } catch (const Error& error) {
    return error.what();
  }
}

/// Whether the options of a socket in another process can be read, as seccomp or Yama may forbid.
bool sees_options_of_others() {
  const UniqueFd socket(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket()"));
  const ClonedProcess other = clone_into(0);
  if (other.pid == 0) {
    ::pause();
    ::_exit(0);
  }
  const auto held = look_at_socket(other.pidfd.get(), cookie_of(socket.get())).held;
  ::kill(other.pid, SIGKILL);
  return held == SocketLook::Held::yes;
}

std::string look_around(Isolation isolation) {
  return json{{"refusal", refusal_inside(isolation)},
              {"sees_options", sees_options_of_others()},
              {"sysctls", sysctls_that_matter()}}
      .dump();
}

/// What the first process of a sandbox on this rung found. Throws Error when there can be none.
json probe(Isolation isolation) {
  Sandbox sandbox(isolation, [&] { return look_around(isolation); });
  const Deadline deadline = Deadline::after(kPatience);
  std::string answer;
  while (!sandbox.drain(answer) && !deadline.expired()) {
    pollfd output{.fd = sandbox.output(), .events = POLLIN, .revents = 0};
    ::poll(&output, 1, poll_timeout(deadline.remaining()));
  }
  json found = json::parse(answer, nullptr, false);
  if (found.is_discarded()) throw Error(answer.empty() ? "the sandbox does not start" : answer);
  return found;
}

IsolationProbe probe_rungs(const std::vector<Isolation>& rungs) {
  IsolationProbe result;
  for (const Isolation isolation : rungs) {
    std::string refusal;
    try {
      const json found = probe(isolation);
      if (found["refusal"].is_null()) {
        result.rung = isolation;
        result.sees_options = found["sees_options"];
        result.sysctls = found["sysctls"];
        return result;
      }
      refusal = found["refusal"];
    } catch (const Error& error) {
      refusal = error.what();
    }
    if (!result.refusals.empty()) result.refusals += "; ";
    result.refusals += fmt::format("{}: {}", kIsolations.name(isolation), refusal);
  }
  return result;
}

}  // namespace

IsolationProbe probe_isolation(std::optional<Isolation> only) {
  if (only) return probe_rungs({*only});
  std::vector<Isolation> all;
  for (const auto& [isolation, name] : kIsolations.rows()) all.push_back(isolation);
  return probe_rungs(all);
}

IsolationProbe probe_own_network() {
  std::vector<Isolation> own;
  for (const auto& [isolation, name] : kIsolations.rows())
    if (has_own_network(isolation)) own.push_back(isolation);
  return probe_rungs(own);
}

}  // namespace timewait
