#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/net/socket_call.h"

namespace timewait {

/// What an attempt gave: `bound`; or the call that failed with its errno, "bind:EADDRINUSE"; or,
/// where the attempt is one single call, what that returned, "getsockopt:1".
struct Outcome {
  SocketCall call = SocketCall::bind;
  int error = 0;             ///< errno of a call that failed
  std::optional<int> value;  ///< what a single call returned

  static Outcome bound() { return {}; }
  static Outcome failed(SocketCall call, int error) { return {.call = call, .error = error}; }
  static Outcome returned(SocketCall call, int value) { return {.call = call, .value = value}; }

  /// Reads "bound", "CALL:ERRNO" or "CALL:NUMBER"; nothing when the text is none of them.
  static std::optional<Outcome> parse(std::string_view text);

  bool is_bound() const { return !has_failed() && !value; }
  bool has_failed() const { return error != 0; }
  std::string text() const;

  bool operator==(const Outcome&) const = default;
};

/// What an outcome can be, for sentences that refuse something else.
inline constexpr std::string_view kOutcomeExamples = "bound, bind:EADDRINUSE or getsockopt:1";

}  // namespace timewait
