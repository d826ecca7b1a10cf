#pragma once

#include <span>
#include <stdexcept>
#include <string_view>

namespace timewait {

/// A way into the program for what somebody else wrote: a file, a kept record, an answer of the
/// kernel, a word of the command line.
struct FuzzTarget {
  std::string_view name;                ///< and that of its folder in corpus/
  void (*run)(std::string_view input);  ///< must return, whatever the input is
};

/// All of them.
std::span<const FuzzTarget> fuzz_targets();

/// The target called `name`; null when there is none.
const FuzzTarget* find_fuzz_target(std::string_view name);

/// Something that must hold for every input does not.
class FuzzFinding : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace timewait
