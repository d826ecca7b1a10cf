#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/net/socket_call.h"

namespace timewait {

/// What an attempt gave: `bound`, or the call that failed with its errno, "bind:EADDRINUSE".
struct Outcome {
  SocketCall call = SocketCall::bind;
  int error = 0;  ///< 0: bound

  static Outcome bound() { return {}; }
  static Outcome failed(SocketCall call, int error) { return {.call = call, .error = error}; }

  /// Reads "bound" or "CALL:ERRNO"; nothing when the text is neither.
  static std::optional<Outcome> parse(std::string_view text);

  bool is_bound() const { return error == 0; }
  std::string text() const;

  bool operator==(const Outcome&) const = default;
};

}  // namespace timewait
