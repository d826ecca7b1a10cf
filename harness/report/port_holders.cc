#include "harness/report/port_holders.h"

#include <fmt/format.h>

#include "harness/model/address_overlap.h"
#include "harness/report/entry_words.h"

namespace timewait {
namespace {

bool holds_port(const SocketEntry& entry, const ActorPlace& attempt) {
  return entry.protocol == attempt.protocol && entry.local.port() == attempt.endpoint.port() &&
         addresses_overlap(entry.local, attempt.endpoint);
}

std::string text_of(const SocketEntry& entry) {
  const std::string remarks = remarks_on(entry);
  return fmt::format("{} {}{}{}", kTcpStates.name(entry.state), connection_words(entry),
                     remarks.empty() ? "" : ", ", remarks);
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
