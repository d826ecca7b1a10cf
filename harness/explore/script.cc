#include "harness/explore/script.h"

#include <cerrno>
#include <iterator>
#include <sstream>

namespace timewait {
namespace {

bool gives_descriptor(CallName name) {
  return name == CallName::socket || name == CallName::accept || name == CallName::dup;
}

/// EINTR is a call that waited until its watch went off.
bool would_wait(int error) { return error == EAGAIN || error == EINTR; }

}  // namespace

std::vector<std::string> texts_of(const Script& script) {
  std::vector<std::string> texts;
  for (const Call& call : script) texts.push_back(text_of(call));
  return texts;
}

Script script_of(const std::vector<std::string>& lines) {
  Script script;
  for (const std::string& line : lines) {
    std::istringstream stream(line);
    const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    script.push_back(parse_call(words));
  }
  return script;
}

Endpoint at_port(const Endpoint& endpoint, std::uint16_t port) {
  return {endpoint.family(), endpoint.address(), port};
}

std::string comparable_text(const Endpoint& endpoint) {
  if (endpoint.port() == 0 || is_script_port(endpoint.port())) return endpoint.text();
  return endpoint.host() + ":*";
}

std::string comparable_text(const Call& call, const Answer& answer) {
  if (would_wait(answer.error)) return std::string(kWaits);
  if (answer.ok() && gives_descriptor(call.name)) return "a descriptor";
  if (answer.ok() && answer.address) return comparable_text(*answer.address);
  return answer.text();
}

}  // namespace timewait
