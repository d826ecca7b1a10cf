#include "harness/run/staged_actor.h"

namespace timewait {

StagedActor::StagedActor(std::string actor_name, std::vector<std::string> command_line,
                         const ProcessLimits& limits)
    : name(std::move(actor_name)),
      command(std::move(command_line)),
      process(command, limits),
      output(std::move(process.output())),
      errors(std::move(process.errors())) {}

}  // namespace timewait
