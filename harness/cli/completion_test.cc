// What bash, zsh and fish offer, asked of the real shells, against what the help prints.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "harness/base/temporary_folder.h"
#include "harness/base/test_variable.h"
#include "harness/cli/timewait_command.h"

namespace timewait {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;
using Words = std::set<std::string>;

Words lines_of(const std::string& text) {
  std::istringstream stream(text);
  Words lines;
  // What fish says after a tab is a description.
  for (std::string line; std::getline(stream, line);)
    if (line = line.substr(0, line.find('\t')); !line.empty()) lines.insert(line);
  return lines;
}

/// Runs a shell in a home of its own, with the program that was built in its PATH.
Words answer_of(const std::vector<std::string>& command) {
  const TemporaryFolder home;
  const TestVariable home_variable("HOME", home.path().c_str());
  const std::string folder = std::filesystem::path(timewait_path()).parent_path();
  const TestVariable path("PATH", (folder + ":" + std::getenv("PATH")).c_str());
  const CommandResult result = run_command(command);
  EXPECT_EQ(result.end.number, 0) << command.front() << ": " << result.errors;
  EXPECT_EQ(result.errors, "");
  return lines_of(result.output);
}

struct Shell {
  const char* name;
  Words (*offers)(const std::string& line);
};

Words bash_offers(const std::string& line) {
  constexpr const char* kScript = R"(
    source <(timewait manual bash)
    COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
    _timewait
    printf '%s\n' "${COMPREPLY[@]}")";
  return answer_of({"bash", "--norc", "-c", kScript, "bash", line});
}

Words zsh_offers(const std::string& line) {
  const std::string script = std::string(TIMEWAIT_SOURCE_DIR) + "/harness/cli/zsh_offers.zsh";
  return answer_of({"zsh", "-f", script, timewait_path(), line});
}

Words fish_offers(const std::string& line) {
  return answer_of(
      {"fish", "--no-config", "-c", "timewait manual fish | source; complete -C $argv[1]", line});
}

const Shell kShells[] = {{"bash", bash_offers}, {"zsh", zsh_offers}, {"fish", fish_offers}};

/// The first words of the lines of a section of a help text, "-h,--help" taken apart.
Words words_of_help(const std::string& help, const std::string& section) {
  Words words;
  std::istringstream stream(help.substr(std::min(help.size(), help.find(section + ":\n"))));
  std::string line;
  std::getline(stream, line);
  const std::regex start("^  (-[^ ]+|[a-z]+)( .*)?$");
  for (std::smatch match; std::getline(stream, line) && !line.empty();) {
    if (!std::regex_match(line, match, start)) continue;
    std::istringstream names(match[1]);
    for (std::string name; std::getline(names, name, ',');) words.insert(name);
  }
  return words;
}

std::string help_of(const std::string& command) {
  std::vector<std::string> arguments{"--help"};
  if (!command.empty()) arguments.insert(arguments.begin(), command);
  return run_timewait(arguments).output;
}

TEST(Completion, OffersExactlyTheCommandsAndOptionsThatTheHelpPrints) {
  const Words commands = words_of_help(help_of(""), "Subcommands");
  EXPECT_THAT(commands, IsSupersetOf({"run", "list", "manual"}));
  for (const Shell& shell : kShells) {
    SCOPED_TRACE(shell.name);
    EXPECT_EQ(shell.offers("timewait "), commands);
    EXPECT_EQ(shell.offers("timewait -"), words_of_help(help_of(""), "Options"));
    for (const std::string& command : commands) {
      const Words options = words_of_help(help_of(command), "Options");
      EXPECT_THAT(options, Contains("--help"));
      EXPECT_EQ(shell.offers("timewait " + command + " -"), options) << command;
    }
  }
}

TEST(Completion, OffersTheValuesOfAnOption) {
  const Words levels{"none", "failed", "full"};
  for (const Shell& shell : kShells) {
    SCOPED_TRACE(shell.name);
    EXPECT_EQ(shell.offers("timewait run --evidence "), levels);
    EXPECT_EQ(shell.offers("timewait run --out x --evidence f"), Words({"failed", "full"}));
    EXPECT_EQ(shell.offers("timewait manual "), Words({"man", "bash", "zsh", "fish"}));
  }
}

TEST(Completion, OffersScenariosCellsFilesAndFolders) {
  const TemporaryFolder here;
  here.write("mine.toml", "");
  here.write("mine.txt", "");
  here.write("folder/x", "");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(here.path());
  for (const Shell& shell : kShells) {
    SCOPED_TRACE(shell.name);
    EXPECT_EQ(shell.offers("timewait run server-closes-fi"), Words({"server-closes-first"}));
    EXPECT_THAT(shell.offers("timewait show mi"), Contains("mine.toml"));
    EXPECT_THAT(shell.offers("timewait show mi"), Not(Contains("mine.txt")));
    EXPECT_THAT(shell.offers("timewait run --html mi"), Contains("mine.txt"));
    EXPECT_THAT(shell.offers("timewait run --out "),
                testing::AnyOf(Words{"folder"}, Words{"folder/"}));
    EXPECT_THAT(shell.offers("timewait report fol"),
                testing::AnyOf(Words{"folder"}, Words{"folder/"}));
  }
  std::filesystem::current_path(before);
}

TEST(Completion, OffersTheCellsOfAScenarioAlsoTheSlowOnes) {
  const std::string cell = "time-wait-lasts-a-minute/";
  for (const Shell& shell : kShells) {
    SCOPED_TRACE(shell.name);
    const Words cells = shell.offers("timewait run " + cell);
    EXPECT_THAT(cells, Not(testing::IsEmpty()));
    for (const std::string& one : cells) EXPECT_THAT(one, testing::StartsWith(cell));
  }
  // Bash has the word up to its last "=" already.
  EXPECT_THAT(bash_offers("timewait run server-closes-first/first=plain,rebind=re"),
              testing::ElementsAre("reuseaddr", "reuseport"));
}

}  // namespace
}  // namespace timewait
