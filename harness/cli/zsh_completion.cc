#include "harness/cli/zsh_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

namespace timewait {
namespace {

constexpr const char* kStart = R"zsh(#compdef timewait
# zsh completion of timewait; made by `timewait manual zsh`.

_timewait_scenarios() {
  local -a names
  names=(${(f)"$($program list --names 2>/dev/null)"})
  if [[ $PREFIX == */* ]]; then
    names=(${(M)names:#*/*})
  else
    names=(${names:#*/*})
  fi
  compadd -a names
  _files -g '*.toml'
}

_timewait() {
  local curcontext=$curcontext state line program=${words[1]/#\~/$HOME}
  typeset -A opt_args
)zsh";

/// `text` inside of single quotes, with a backslash before each of `marks`.
std::string in_quotes(std::string_view text, std::string_view marks) {
  std::string all;
  for (const char letter : text) {
    if (letter == '\'') {
      all += "'\\''";
      continue;
    }
    if (letter == '\\' || marks.find(letter) != std::string_view::npos) all += '\\';
    all += letter;
  }
  return all;
}

/// What `_arguments` does for a value.
std::string value_action(const ArgumentNode& argument) {
  switch (argument.kind) {
    case ValueKind::nothing:
      return "";
    case ValueKind::free:
      return fmt::format(":{}: ", argument.value);
    case ValueKind::words:
      return fmt::format(":{}:({})", argument.value, fmt::join(argument.choices, " "));
    case ValueKind::folder:
      return fmt::format(":{}:_files -/", argument.value);
    case ValueKind::file:
      return fmt::format(":{}:_files", argument.value);
    case ValueKind::scenarios:
      return fmt::format(":{}:_timewait_scenarios", argument.value);
  }
  return {};
}

/// One spec for each name; each name excludes the others, and itself unless it may come again.
std::string option_specs(const ArgumentNode& option) {
  std::string all;
  for (const std::string& name : option.names) {
    const bool takes_equals = option.kind != ValueKind::nothing && name.starts_with("--");
    all += fmt::format(" \\\n        '{}{}{}[{}]{}'",
                       option.repeats ? "*" : fmt::format("({})", fmt::join(option.names, " ")),
                       name, takes_equals ? "=" : "", in_quotes(option.description, "[]:"),
                       value_action(option));
  }
  return all;
}

std::string option_specs(const CommandNode& command) {
  std::string all;
  for (const ArgumentNode& option : command.options) all += option_specs(option);
  return all;
}

std::string argument_specs(const CommandNode& command) {
  std::string all;
  for (const ArgumentNode& argument : command.arguments)
    all += fmt::format(" \\\n        '{}{}'", argument.repeats ? "*" : "", value_action(argument));
  return all;
}

std::string commands_described(const CommandNode& program) {
  std::string all;
  for (const CommandNode& command : program.commands)
    all += fmt::format("        '{}:{}'\n", command.name, in_quotes(command.description, ":"));
  return all;
}

}  // namespace

std::string zsh_completion(const CommandNode& program) {
  std::string cases;
  for (const CommandNode& command : program.commands)
    cases += fmt::format("      {})\n        _arguments{}{}\n        ;;\n", command.name,
                         option_specs(command), argument_specs(command));
  return fmt::format(
      "{}"
      "  _arguments -C{} \\\n        '1:command:->command' '*::argument:->argument'\n"
      "  case $state in\n"
      "    command)\n"
      "      local -a commands=(\n{}      )\n"
      "      _describe -t commands command commands\n"
      "      ;;\n"
      "    argument) case $words[1] in\n{}      esac ;;\n"
      "  esac\n"
      "}}\n\n"
      "if [[ $funcstack[1] == _timewait ]]; then\n  _timewait \"$@\"\nelse\n"
      "  compdef _timewait timewait\nfi\n",
      kStart, option_specs(program), commands_described(program), cases);
}

}  // namespace timewait
