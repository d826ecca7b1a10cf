#include "harness/report/port_holders.h"

#include <fmt/format.h>

#include <cerrno>

#include "harness/model/address_overlap.h"
#include "harness/report/entry_words.h"

namespace timewait {
namespace {

std::string text_of(const SocketEntry& entry) {
  const std::string remarks = remarks_on(entry);
  return fmt::format("{} {}{}{}", kTcpStates.name(entry.state), connection_words(entry),
                     remarks.empty() ? "" : ", ", remarks);
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
        addresses_overlap(entry.local, record.attempt_place.endpoint))
      lines.push_back(relation + text_of(entry));
  if (!lines.empty() || record.outcome->error != EADDRINUSE) return lines;
  for (const SocketEntry& entry : record.table_before)
    if (record.is_on_attempted_port(entry))
      lines.push_back("on the port, under another address: " + text_of(entry));
  return lines;
}

}  // namespace timewait
