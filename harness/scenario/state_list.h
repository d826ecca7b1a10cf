#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/kernel/tcp_state.h"

namespace timewait {

/// The states that a script says the kernel's table holds for an actor, and how many of each:
/// "TIME_WAIT", "LISTEN, 2 ESTABLISHED", "nothing". It is the whole truth: an entry too many is as
/// wrong as one too few, or the port might be held by something else than the script believes.
class StateList {
 public:
  /// Reads the words of a list. On failure returns nothing and puts the culprit into `wrong`.
  static std::optional<StateList> parse(const std::vector<std::string>& words, std::string& wrong);

  void add(TcpState state, int count = 1) { counts_[state] += count; }
  bool contains(TcpState state) const { return counts_.contains(state); }
  bool empty() const { return counts_.empty(); }
  std::string text() const;

  bool operator==(const StateList&) const = default;

 private:
  std::map<TcpState, int> counts_;
};

}  // namespace timewait
