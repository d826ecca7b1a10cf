#include "harness/cli/bash_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace timewait {
namespace {

// "=" and ":" end a word for bash but not for timewait, so the line is split anew, and what bash
// has already is taken off the answers.
constexpr const char* kStart = R"bash(# bash completion of timewait; made by `timewait manual bash`.

_timewait_names() {
  local pattern='^[^/]*$'
  [[ $1 != */* ]] || pattern=/
  "${2/#\~/$HOME}" list --names 2>/dev/null | grep -- "$pattern"
}

_timewait_reply() {
  local kind=$1 word=$2 program=$3
  case $kind in
    words) mapfile -t COMPREPLY < <(compgen -W "$4" -- "$word") ;;
    folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      ;;
    scenarios)
      mapfile -t COMPREPLY < <(
        compgen -W "$(_timewait_names "$word" "$program")" -- "$word"
        compgen -f -X '!*.toml' -- "$word"
      )
      ;;
  esac
}

_timewait() {
  local line=${COMP_LINE:0:COMP_POINT} words command='' place=0 i
  read -ra words <<<"$line"
  [[ $line != *[[:space:]] ]] || words+=('')
  local last=$((${#words[@]} - 1))
  local word=${words[last]} previous=${words[last - 1]} program=${words[0]}
  if [[ $word == --*=* ]]; then
    previous=${word%%=*}
    word=${word#*=}
  fi
  for ((i = 1; i < last; ++i)); do
    case $command:${words[i]} in
)bash";

constexpr const char* kEnd = R"bash(  local cut=
  [[ $COMP_WORDBREAKS != *=* || $word != *=* ]] || cut=${word%=*}=
  [[ $COMP_WORDBREAKS != *:* || ${word#"$cut"} != *:* ]] || cut=${word%:*}:
  COMPREPLY=("${COMPREPLY[@]#"$cut"}")
}

complete -F _timewait timewait
)bash";

std::string joined(const std::vector<std::string>& words, const char* separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

std::string reply(const ArgumentNode& argument) {
  switch (argument.kind) {
    case ValueKind::nothing:
    case ValueKind::free:
      return ":";
    case ValueKind::words:
      return fmt::format("_timewait_reply words \"$word\" \"$program\" '{}'",
                         joined(argument.choices, " "));
    case ValueKind::folder:
      return "_timewait_reply folder \"$word\"";
    case ValueKind::file:
      return "_timewait_reply file \"$word\"";
    case ValueKind::scenarios:
      return "_timewait_reply scenarios \"$word\" \"$program\"";
  }
  return {};
}

/// "run:--out|run:-x": the option in its command.
std::string pattern(const CommandNode& command, const ArgumentNode& option) {
  std::vector<std::string> all;
  for (const std::string& name : option.names) all.push_back(command.name + ":" + name);
  return joined(all, "|");
}

/// Finds the command, steps over values, counts the arguments before the word.
std::string words_before(const CommandNode& program) {
  std::vector<std::string> commands;
  std::string all;
  for (const CommandNode& command : program.commands) {
    commands.push_back(":" + command.name);
    for (const ArgumentNode& option : command.options)
      if (option.kind != ValueKind::nothing)
        all += fmt::format("      {}) ((++i)) ;;\n", pattern(command, option));
  }
  return fmt::format(
      "{}      *:-*) ;;\n      {}) command=${{words[i]}} ;;\n      *) ((++place)) ;;\n    esac\n"
      "  done\n",
      all, joined(commands, "|"));
}

std::string values(const CommandNode& command) {
  std::string all;
  for (const ArgumentNode& option : command.options)
    if (option.kind != ValueKind::nothing)
      all += fmt::format("    {}) {} ;;\n", pattern(command, option), reply(option));
  return all;
}

std::string option_names(const CommandNode& command) {
  std::vector<std::string> names;
  for (const ArgumentNode& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return joined(names, " ");
}

std::string arguments(const CommandNode& command) {
  std::string all;
  int place = 0;
  for (const ArgumentNode& argument : command.arguments)
    all += fmt::format("    {}:{}) {} ;;\n", command.name,
                       argument.repeats ? "*" : std::to_string(place++), reply(argument));
  return all;
}

std::string offer(const std::string& where, const std::string& words) {
  return fmt::format("    {}) _timewait_reply words \"$word\" \"$program\" '{}' ;;\n", where,
                     words);
}

}  // namespace

std::string bash_completion(const CommandNode& program) {
  std::vector<std::string> names;
  std::string of_values;
  std::string of_options = offer(":-*", option_names(program));
  std::string of_arguments;
  for (const CommandNode& command : program.commands) {
    names.push_back(command.name);
    of_values += values(command);
    of_options += offer(command.name + ":-*", option_names(command));
    of_arguments += arguments(command);
  }
  of_arguments += offer(":*", joined(names, " "));
  return fmt::format(
      "{}{}  COMPREPLY=()\n"
      "  case $command:$previous in\n{}    *) case $command:$word in\n{}"
      "    *) case $command:$place in\n{}    esac ;;\n    esac ;;\n  esac\n{}",
      kStart, words_before(program), of_values, of_options, of_arguments, kEnd);
}

}  // namespace timewait
