#include "harness/report/event_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/net/errno_name.h"
#include "harness/report/entry_words.h"

namespace timewait {
namespace {

std::string tcp_words(const Segment& segment) {
  std::string text = flags_text(segment.flags);
  if (segment.length > 0) return fmt::format("{} {} bytes", text, segment.length);
  // The numbers of a handshake are where counting begins.
  if (segment.has(TcpFlag::syn)) return text;
  text += fmt::format(" seq {}", segment.sequence);
  if (segment.has(TcpFlag::ack)) text += fmt::format(" ack {}", segment.acknowledgement);
  return text;
}

std::string with_detail(std::string_view words, std::string_view between,
                        const std::string& detail) {
  return detail.empty() ? std::string(words) : fmt::format("{}{}{}", words, between, detail);
}

}  // namespace

std::string without_folder(const std::string& command) {
  const auto end = std::min(command.find(' '), command.size());
  const auto slash = command.rfind('/', end);
  return slash == std::string::npos ? command : command.substr(slash + 1);
}

std::string segment_words(const Segment& segment) {
  switch (segment.kind) {
    case Segment::Kind::tcp:
      return tcp_words(segment);
    case Segment::Kind::udp:
      return fmt::format("UDP {} bytes", segment.length);
    case Segment::Kind::other:
      return fmt::format("neither TCP nor UDP, {} bytes", segment.length);
  }
  return "";
}

std::string ends_words(const Segment& segment) {
  // Where there are no ports even equal ends need not be one socket.
  if (segment.kind == Segment::Kind::other)
    return fmt::format("{} to {}", segment.from.host(), segment.to.host());
  if (segment.from == segment.to) return "to itself";
  return fmt::format("{} to {}", segment.from.text(), segment.to.text());
}

std::string call_words(const CallResult& call) {
  const std::string text =
      fmt::format("{}({}) = {}", kSocketCalls.name(call.call), call.arguments, call.value);
  return call.ok() ? text : text + " " + errno_name(call.error);
}

std::string state_words(const TableChange& change) {
  std::string state(kTcpStates.name(change.entry().state));
  if (change.after) return state;
  return change.before->remote.port() == 0 ? state + " gone" : "(gone)";
}

std::string change_words(const TableChange& change) {
  const SocketEntry& entry = change.entry();
  std::string text = entry.owner.empty() ? "" : entry.owner + " ";
  if (entry.protocol == Protocol::udp) text += "udp ";
  text += connection_words(entry) + ": ";
  if (change.before) text += fmt::format("{} -> ", kTcpStates.name(change.before->state));
  return text.append(change.after ? kTcpStates.name(change.after->state) : "gone");
}

std::string process_words(const ProcessChanged& process) {
  switch (process.change) {
    case ProcessChange::started:
      return with_detail("starts", " ", without_folder(process.detail));
    case ProcessChange::forked:
      return with_detail("is forked", ", ", process.detail);
    case ProcessChange::executed:
      return with_detail("executes", " ", without_folder(process.detail));
    case ProcessChange::signalled:
      return with_detail("gets", " ", process.detail);
    case ProcessChange::stopped:
      return "stops";
    case ProcessChange::continued:
      return "goes on";
    case ProcessChange::ended:
      return with_detail("ends", ", ", process.detail);
  }
  return "";
}

}  // namespace timewait
