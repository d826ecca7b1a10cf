#include "harness/cli/run_arguments.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr const char* kNames = "names";

template <std::size_t count>
bool is_among(const std::string& name, const std::array<const char*, count>& names) {
  return std::ranges::find(names, name) != names.end();
}

/// Where results go and how they look.
bool is_about_results(const std::string& name) {
  return is_among(name,
                  std::array{"--help", "--resume", "--out", "--no-out", "--format", "--lang"});
}

/// What whoever goes on with a run may choose anew.
bool may_be_chosen_anew(const std::string& name) {
  return is_among(name, std::array{"--help", "--resume", "--format", "--html", "--lang", "--jobs",
                                   "--no-foreign"});
}

bool is_path(const std::string& option, const std::string& value) {
  return is_among(option, std::array{"--scenarios", "--programs", "--pcap", "--html"}) ||
         (option == kNames && value.ends_with(".toml"));
}

}  // namespace

RunArguments kept_arguments(const CLI::App& command) {
  RunArguments arguments;
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    if (option->count() == 0 || is_about_results(name)) continue;
    for (const std::string& value : option->results())
      arguments[name].push_back(is_path(name, value) ? std::filesystem::absolute(value).string()
                                                     : value);
  }
  return arguments;
}

RunOptions options_of(const RunArguments& arguments) {
  RunOptions options;
  CLI::App command;
  add_run_options(command, options);
  std::vector<std::string> words;
  for (const auto& [option, values] : arguments)
    for (const std::string& value : values)
      words.push_back(option == kNames ? value : fmt::format("{}={}", option, value));
  std::ranges::reverse(words);  // as CLI11 wants them
  try {
    command.parse(words);
  } catch (const CLI::ParseError& error) {
    throw BadInput(fmt::format("`timewait run` does not take its arguments: {}", error.what()));
  }
  return options;
}

void check_nothing_else_is_asked(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    if (option->count() == 0 || may_be_chosen_anew(name)) continue;
    throw BadInput(
        fmt::format("--resume goes on with a run as it was begun; leave {} out",
                    name == kNames ? fmt::format("{}", fmt::join(option->results(), " ")) : name));
  }
}

}  // namespace timewait
