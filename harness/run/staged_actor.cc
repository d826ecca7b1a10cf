#include "harness/run/staged_actor.h"

namespace timewait {

StagedActor::StagedActor(std::string actor_name, std::vector<std::string> command_line)
    : name(std::move(actor_name)),
      command(std::move(command_line)),
      process(command),
      output(std::move(process.output())),
      errors(std::move(process.errors())) {}

}  // namespace timewait
