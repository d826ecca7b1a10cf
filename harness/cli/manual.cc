#include <fmt/format.h>

#include <memory>

#include "harness/base/enum_table.h"
#include "harness/cli/bash_completion.h"
#include "harness/cli/command_tree.h"
#include "harness/cli/commands.h"
#include "harness/cli/fish_completion.h"
#include "harness/cli/manual_page.h"
#include "harness/cli/zsh_completion.h"

namespace timewait {
namespace {

enum class ManualFormat { man, bash, zsh, fish };

constexpr auto kManualFormats = enum_table<ManualFormat>({
    {ManualFormat::man, "man"},
    {ManualFormat::bash, "bash"},
    {ManualFormat::zsh, "zsh"},
    {ManualFormat::fish, "fish"},
});

std::string manual(const CommandNode& program, ManualFormat format) {
  switch (format) {
    case ManualFormat::man:
      return manual_page(program);
    case ManualFormat::bash:
      return bash_completion(program);
    case ManualFormat::zsh:
      return zsh_completion(program);
    case ManualFormat::fish:
      return fish_completion(program);
  }
  return {};
}

}  // namespace

void add_manual_command(CLI::App& app, Action& action) {
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "manual", "print the manual page, or what a shell needs to complete commands");
  command
      ->add_option(
          "format", *format,
          "what is printed: man for `man -l`, or bash, zsh or fish to be sourced by that shell")
      ->type_name("FORMAT")
      ->required()
      ->check(CLI::IsMember(kManualFormats.name_list()));
  command->callback([format, &app, &action] {
    action = [format, &app] {
      fmt::print("{}", manual(command_tree(app), *kManualFormats.find(*format)));
      return 0;
    };
  });
}

}  // namespace timewait
