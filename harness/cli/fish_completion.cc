#include "harness/cli/fish_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

namespace timewait {
namespace {

constexpr const char* kStart = R"fish(# fish completion of timewait; made by `timewait manual fish`.

function __timewait_scenarios
    set -l program (commandline -opc)[1]
    if string match -q '*/*' -- (commandline -ct)
        eval $program list --names 2>/dev/null | string match '*/*'
    else
        eval $program list --names 2>/dev/null | string match -v '*/*'
    end
    __fish_complete_suffix .toml | string match -r '^.*(?:/|\\.toml)(?:\t.*)?$'
end

complete -c timewait -f
)fish";

std::string in_quotes(std::string_view text) {
  std::string all = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') all += '\\';
    all += letter;
  }
  return all + "'";
}

/// What is completed in the place of a value.
std::string value_words(const ArgumentNode& argument) {
  switch (argument.kind) {
    case ValueKind::nothing:
      return "";
    case ValueKind::free:
      return " -x";
    case ValueKind::words:
      return fmt::format(" -x -a {}",
                         in_quotes(fmt::format("{}", fmt::join(argument.choices, " "))));
    case ValueKind::folder:
      return " -x -a '(__fish_complete_directories)'";
    case ValueKind::file:
      return " -r -F";
    case ValueKind::scenarios:
      return " -x -a '(__timewait_scenarios)'";
  }
  return {};
}

std::string option_line(const std::string& condition, const ArgumentNode& option) {
  std::string line = fmt::format("complete -c timewait -n {}", in_quotes(condition));
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return line + value_words(option) + " -d " + in_quotes(option.description) + "\n";
}

/// What an argument that is no option may be; of a file or folder fish knows without us.
std::string argument_line(const std::string& condition, const ArgumentNode& argument) {
  std::string words = value_words(argument);
  if (words.starts_with(" -x")) words.erase(0, 3);
  if (words.starts_with(" -r")) words.erase(0, 3);
  if (words.empty()) words = " -F";
  return fmt::format("complete -c timewait -n {}{}\n", in_quotes(condition), words);
}

}  // namespace

std::string fish_completion(const CommandNode& program) {
  const std::string no_command = "__fish_use_subcommand";
  std::string all = kStart;
  for (const ArgumentNode& option : program.options) all += option_line(no_command, option);
  for (const CommandNode& command : program.commands) {
    all += fmt::format("\ncomplete -c timewait -n {} -a {} -d {}\n", no_command, command.name,
                       in_quotes(command.description));
    const std::string condition = "__fish_seen_subcommand_from " + command.name;
    for (const ArgumentNode& option : command.options) all += option_line(condition, option);
    for (const ArgumentNode& argument : command.arguments)
      all += argument_line(condition, argument);
  }
  return all;
}

}  // namespace timewait
