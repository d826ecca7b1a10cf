#include "harness/report/port_holders.h"

#include <fmt/format.h>

#include <cerrno>

#include "harness/model/address_rule.h"
#include "harness/report/entry_words.h"

namespace timewait {
namespace {

std::string text_of(const SocketEntry& entry) {
  const std::string remarks = remarks_on(entry);
  return fmt::format("{} {}{}{}", kTcpStates.name(entry.state), connection_words(entry),
                     remarks.empty() ? "" : ", ", remarks);
}

/// A socket on one IPv6 address gets no IPv4 segments; whether one on [::] does is not in a record,
/// and most do.
LocalAddress as_bound(const Endpoint& address) {
  return {.at = address, .v6only = !is_ipv4(address) && !address.is_wildcard()};
}

bool are_in_each_others_way(const Endpoint& asks, const Endpoint& has) {
  RuleBook rules;
  return is_in_the_way(rules, as_bound(asks), as_bound(has));
}

/// What the entries on the port are to the attempt; empty when they are nothing to it: a single
/// call that succeeded, as connect() which takes over a TIME_WAIT.
std::string relation_of(const Record& record) {
  if (record.outcome->has_failed()) return "held by ";
  if (!record.outcome->is_bound()) return "";
  return record.repetition ? "was held by " : "shared with ";
}

}  // namespace

std::vector<std::string> port_holders(const Record& record) {
  std::vector<std::string> lines;
  if (!record.outcome) return lines;
  const std::string relation = relation_of(record);
  if (relation.empty()) return lines;
  for (const SocketEntry& entry : record.table_before)
    if (record.is_on_attempted_port(entry) &&
        are_in_each_others_way(record.attempt_place.endpoint, entry.local))
      lines.push_back(relation + text_of(entry));
  if (!lines.empty() || record.outcome->error != EADDRINUSE) return lines;
  for (const SocketEntry& entry : record.table_before)
    if (record.is_on_attempted_port(entry))
      lines.push_back("on the port, under another address: " + text_of(entry));
  return lines;
}

}  // namespace timewait
