#pragma once

#include <string>
#include <vector>

#include "harness/process/child_process.h"
#include "harness/process/text_stream.h"

namespace timewait {

/// An actor on the stage: its process and what it has printed.
struct StagedActor {
  StagedActor(std::string actor_name, std::vector<std::string> command_line,
              const ProcessLimits& limits);

  std::string name;
  std::vector<std::string> command;
  ChildProcess process;
  TextStream output;
  TextStream errors;
  bool end_expected = false;  ///< a step has said how it ends
};

}  // namespace timewait
