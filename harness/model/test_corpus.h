#pragma once

#include <span>

namespace timewait {

/// For tests: a script that is played on the model, and on the kernel where that can be done.
struct TestScript {
  const char* name;
  const char* lines;  ///< as ModelScript plays them
};

// What the kernel can be asked for in an ordinary sandbox, at once.
std::span<const TestScript> scripts_of_binding();
std::span<const TestScript> scripts_of_connections();
std::span<const TestScript> scripts_of_options();

/// What needs other users, other devices, or time.
std::span<const TestScript> scripts_for_the_model();

}  // namespace timewait
