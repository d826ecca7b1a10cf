#include "harness/run/program_outcome.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/net/errno_name.h"

namespace timewait {
namespace {

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  const auto newline = text.rfind('\n');
  return newline == std::string::npos ? text : text.substr(newline + 1);
}

/// What "bind: Address already in use" says.
std::optional<Outcome> read_perror(const std::string& line) {
  const auto colon = line.find(": ");
  if (colon == std::string::npos) return std::nullopt;
  const auto call = kSocketCalls.find(line.substr(0, colon));
  const auto error = find_errno_text(line.substr(colon + 2));
  if (!call || !error) return std::nullopt;
  return Outcome::failed(*call, *error);
}

}  // namespace

std::optional<Outcome> failed_call(const ExitState& end, const std::string& errors) {
  if (end.how != ExitState::How::exited) return std::nullopt;
  for (const auto& [call, name] : kSocketCalls.rows()) {
    if (end.number != exit_status(call)) continue;
    const std::string line = last_line(errors);
    const auto printed = read_perror(line);
    if (!printed || printed->call != call)
      throw Error(
          fmt::format("the program contradicts itself: {} means that {} failed, but it "
                      "printed \"{}\"",
                      end.text(), name, line));
    return printed;
  }
  return std::nullopt;
}

}  // namespace timewait
