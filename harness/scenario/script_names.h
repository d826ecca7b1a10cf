#pragma once

#include <map>
#include <set>
#include <string>

#include "harness/scenario/step.h"

namespace timewait {

/// The names that a script has given so far: those of each actor's sockets, and of the addresses
/// that it learns. A call that must fail with an errno gives none.
class ScriptNames {
 public:
  /// Takes the next step. Returns what is wrong with the names in it; empty when nothing is.
  std::string take(const Step& step);

 private:
  std::string take_call(const Step& step);
  std::string complaint_about_sockets(const Step& step) const;
  std::string take_address(const Step& step);
  std::string unknown_address(const Step& step) const;

  std::map<std::string, std::set<std::string>> sockets_;  ///< by actor
  std::set<std::string, std::less<>> addresses_;
};

}  // namespace timewait
