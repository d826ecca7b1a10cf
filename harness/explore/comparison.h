#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harness/base/enum_table.h"
#include "harness/explore/kernel_side.h"
#include "harness/explore/model_side.h"

namespace timewait {

/// What two sides may say differently of a script.
enum class Subject {
  answer,     ///< what a call gave
  open,       ///< the states of its sockets after the last call
  leftovers,  ///< the socket table after all was closed
};

inline constexpr auto kSubjects = enum_table<Subject>({
    {Subject::answer, "answer"},
    {Subject::open, "open sockets"},
    {Subject::leftovers, "leftovers"},
});

/// The first thing that the kernel and the model say differently of a script.
struct Disagreement {
  Subject subject = Subject::answer;
  std::size_t at = 0;  ///< the call whose answer it is; else the number of calls
  std::string kernel;
  std::string model;

  bool operator==(const Disagreement&) const = default;
};

/// Plays a script on the kernel until it answers otherwise than the model.
std::optional<Disagreement> compare_calls(const ModelledScript& modelled, PlayedScript& played);

/// Compares what is left when all is closed.
std::optional<Disagreement> compare_leftovers(const ModelledScript& modelled,
                                              const std::vector<std::string>& left);

}  // namespace timewait
