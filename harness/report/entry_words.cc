#include "harness/report/entry_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "harness/report/sentence.h"

namespace timewait {
namespace {

std::string unread_words(const SocketEntry& entry) {
  return fmt::format("{} {}", entry.unread,
                     entry.state == TcpState::listen ? "to accept" : "unread");
}

}  // namespace

std::string connection_words(const SocketEntry& entry) {
  if (entry.remote.port() == 0) return entry.local.text();
  return fmt::format("{} -> {}", entry.local.text(), entry.remote.text());
}

std::string remarks_on(const SocketEntry& entry) {
  using Seconds = std::chrono::duration<double>;
  std::vector<std::string> remarks;
  if (entry.inode == 0)
    remarks.emplace_back("no process");
  else if (!entry.owner.empty())
    remarks.push_back(entry.owner);
  if (entry.unread > 0) remarks.push_back(unread_words(entry));
  if (entry.timer == SocketTimer::time_wait)
    remarks.push_back(fmt::format("{:.2f} s left", Seconds(entry.timer_left).count()));
  if (entry.options) remarks.push_back(spelled(*entry.options));
  return fmt::format("{}", fmt::join(remarks, ", "));
}

}  // namespace timewait
