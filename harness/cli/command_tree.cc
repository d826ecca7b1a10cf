#include "harness/cli/command_tree.h"

#include <fmt/format.h>

namespace timewait {
namespace {

/// The words of "{text,json}", as CLI11 describes an option that takes one of them.
std::vector<std::string> words_in_braces(std::string_view set) {
  set = set.substr(1, set.size() - 2);
  std::vector<std::string> words;
  while (true) {
    const std::size_t comma = set.find(',');
    words.emplace_back(set.substr(0, comma));
    if (comma == std::string_view::npos) return words;
    set.remove_prefix(comma + 1);
  }
}

ValueKind kind_of(const ArgumentNode& node) {
  if (node.value.empty()) return ValueKind::nothing;
  if (!node.choices.empty()) return ValueKind::words;
  if (node.value == "DIR") return ValueKind::folder;
  if (node.value == "FILE") return ValueKind::file;
  if (node.value == "NAME") return ValueKind::scenarios;
  return ValueKind::free;
}

/// Takes "TYPE:{a,b}" or "TYPE:range" apart.
void read_type(const std::string& type, ArgumentNode& node) {
  const std::size_t colon = type.find(':');
  node.value = type.substr(0, colon);
  if (colon == std::string::npos) return;
  const std::string limit = type.substr(colon + 1);
  if (limit.starts_with('{') && limit.ends_with('}'))
    node.choices = words_in_braces(limit);
  else
    node.range = limit;
}

ArgumentNode argument_node(const CLI::Option& option) {
  ArgumentNode node{.description = option.get_description()};
  for (const std::string& name : option.get_snames()) node.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) node.names.push_back("--" + name);
  node.is_required = option.get_required();
  if (option.get_items_expected_max() == 0) return node;
  read_type(option.get_type_name(), node);
  node.kind = kind_of(node);
  node.default_value = option.get_default_str();
  node.repeats = option.get_items_expected_max() > 1;
  return node;
}

}  // namespace

CommandNode command_tree(const CLI::App& app) {
  CommandNode node{.name = app.get_name(), .description = app.get_description()};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    ArgumentNode argument = argument_node(*option);
    (argument.names.empty() ? node.arguments : node.options).push_back(std::move(argument));
  }
  const auto is_shown = [](const CLI::App* command) { return !command->get_group().empty(); };
  for (const CLI::App* command : app.get_subcommands(is_shown))
    node.commands.push_back(command_tree(*command));
  return node;
}

}  // namespace timewait
