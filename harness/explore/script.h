#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/net/call.h"

namespace timewait {

/// The ports that scripts name. On the kernel each script has ports of its own in their place,
/// since what is left of a connection keeps its port for a minute.
inline constexpr std::uint16_t kFirstScriptPort = 12000;
inline constexpr std::uint16_t kScriptPorts = 2;

constexpr bool is_script_port(std::uint16_t port) {
  return port >= kFirstScriptPort && port < kFirstScriptPort + kScriptPorts;
}

/// Calls of one process, in the order in which it makes them.
using Script = std::vector<Call>;

/// The script line by line, as calls are written, and back. Reading throws CallError.
std::vector<std::string> texts_of(const Script& script);
Script script_of(const std::vector<std::string>& lines);

/// The same endpoint at another port.
Endpoint at_port(const Endpoint& endpoint, std::uint16_t port);

/// True for accept() and recv(), which the kernel's side never lets wait.
constexpr bool is_tried_only(CallName name) {
  return name == CallName::accept || name == CallName::recv;
}

/// An address as the two sides are compared: a port that is not the script's own was chosen by the
/// kernel or its model, and is "*".
std::string comparable_text(const Endpoint& endpoint);

/// The comparable text of a call that would have to wait.
inline constexpr std::string_view kWaits = "waits";

/// What a call answered, as the two sides are compared: "0", "EADDRINUSE", "127.0.0.1:12000". What
/// is the number of a descriptor is "a descriptor", and what would have to wait is "waits".
std::string comparable_text(const Call& call, const Answer& answer);

}  // namespace timewait
