#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace timewait {

/// What may stand in the place of a value, as far as a shell can complete it.
enum class ValueKind {
  nothing,    ///< there is no value: a flag
  words,      ///< one of `choices`
  folder,     ///< called DIR in the help
  file,       ///< called FILE
  scenarios,  ///< called NAME: scenarios, cells and scenario files
  free,       ///< whatever the user has in mind
};

/// An option, or an argument that is none.
struct ArgumentNode {
  std::vector<std::string> names;  ///< "-h", "--help"; empty for an argument that is no option
  std::string description;
  std::string value;  ///< what the help calls its value, "DIR"; empty for a flag
  std::string range;  ///< which values it takes, "INT in [1 - 1000]"; empty when there is no bound
  std::string default_value;
  std::vector<std::string> choices;
  ValueKind kind = ValueKind::nothing;
  bool repeats = false;
  bool is_required = false;

  /// The name that says most, "--help".
  const std::string& longest_name() const { return names.back(); }
};

/// A command, or the program itself.
struct CommandNode {
  std::string name;
  std::string description;
  std::vector<ArgumentNode> options;
  std::vector<ArgumentNode> arguments;
  std::vector<CommandNode> commands;
};

/// What the help of `app` shows, as plain data: the one source of the manual page and of what
/// shells complete.
CommandNode command_tree(const CLI::App& app);

}  // namespace timewait
