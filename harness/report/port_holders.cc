#include "harness/report/port_holders.h"

#include <fmt/format.h>

#include "harness/model/address_overlap.h"
#include "harness/report/sentence.h"

namespace timewait {
namespace {

bool holds_port(const SocketEntry& entry, const ActorPlace& attempt) {
  return entry.protocol == attempt.protocol && entry.local.port() == attempt.endpoint.port() &&
         addresses_overlap(entry.local, attempt.endpoint);
}

std::string text_of(const SocketEntry& entry) {
  std::string text = fmt::format("{} {}", kTcpStates.name(entry.state), entry.local.text());
  if (entry.remote.port() != 0) text += " -> " + entry.remote.text();
  if (entry.timer == SocketTimer::time_wait)
    text += fmt::format(", {:.2f} s left", std::chrono::duration<double>(entry.timer_left).count());
  if (entry.inode == 0)
    text += ", no process";
  else if (!entry.owner.empty())
    text += ", " + entry.owner;
  if (entry.options) text += ", " + spelled(*entry.options);
  return text;
}

}  // namespace

std::vector<std::string> port_holders(const Record& record) {
  const bool is_bound = record.outcome && record.outcome->is_bound();
  std::vector<std::string> lines;
  for (const SocketEntry& entry : record.table_before)
    if (holds_port(entry, record.attempt_place))
      lines.push_back((is_bound ? "shared with " : "held by ") + text_of(entry));
  return lines;
}

}  // namespace timewait
