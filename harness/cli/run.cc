#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/reported_folder.h"
#include "harness/cli/run_session.h"

namespace timewait {
namespace {

int run(const RunOptions& options, const CLI::App& command) {
  check_options(options);
  const PageOutput page(options.html, options.locations, options.names);
  const RunSetup setup = set_up_run(options, shard_asked_for(options), kept_arguments(command));
  return RunSession(options, page, setup).begin();
}

/// The options with which the run of `plan` was begun, and what `asked` says of its results.
RunOptions options_to_go_on(const RunPlan& plan, const RunOptions& asked) {
  RunOptions options = options_of(plan.arguments);
  options.out = asked.resume;
  options.format = asked.format;
  if (!asked.html.empty()) options.html = asked.html;
  options.language = asked.language;
  options.no_foreign = options.no_foreign || asked.no_foreign;
  options.jobs = asked.jobs > 0 ? asked.jobs : plan.run.jobs;
  return options;
}

/// Goes on with a run whose folder nobody else writes to.
int go_on(const RunOptions& asked, FolderLock lock) {
  const RunPlan plan = RecordFolder(asked.resume).own_plan();
  const RunOptions options = options_to_go_on(plan, asked);
  check_options(options);
  const PageOutput page(options.html, options.locations, options.names);
  const auto shard = options.shard ? std::optional(parse_shard(*options.shard)) : std::nullopt;
  const RunSetup setup = set_up_run(options, shard, plan.arguments);
  check_same_run(asked.resume, plan, setup.plan);
  return RunSession(options, page, setup).go_on(std::move(lock));
}

FolderLock lock_to_go_on(const std::string& directory) try {
  return FolderLock(directory);
} catch (const BadInput& error) {
  throw BadInput(fmt::format("{}; wait until it has ended", error.what()));
}

int resume(const RunOptions& asked, const CLI::App& command) {
  check_nothing_else_is_asked(command);
  const RecordFolder folder(asked.resume);
  if (!folder.is_whole()) {
    folder.own_plan();  // refuses at once what no lock would make better
    FolderLock lock = lock_to_go_on(asked.resume);
    // It may have ended while we waited for the lock.
    if (!folder.is_whole()) return go_on(asked, std::move(lock));
  }
  return report_folder({.locations = asked.locations,
                        .directory = asked.resume,
                        .format = asked.format,
                        .html = asked.html,
                        .language = asked.language});
}

}  // namespace

void add_run_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "run cells and print their matrix");
  add_run_options(*command, *options);
  command->callback([options, command, &action] {
    action = [options, command] {
      return command->count("--resume") == 0 ? run(*options, *command) : resume(*options, *command);
    };
  });
}

}  // namespace timewait
