#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/compared_run.h"
#include "harness/report/comparison_json.h"
#include "harness/report/comparison_markdown.h"
#include "harness/report/comparison_text.h"

namespace timewait {
namespace {

struct CompareOptions {
  std::string first;
  std::string second;
  std::string format = "text";
  bool subset = false;
};

std::string written(const CompareOptions& options, const ComparedRun& first,
                    const ComparedRun& second, const RunComparison& comparison) {
  if (options.format == "json") return comparison_json(first, second, comparison);
  if (options.format == "markdown") return comparison_markdown(first, second, comparison);
  return comparison_text(first, second, comparison, text_style_of(STDOUT_FILENO));
}

int compare(const CompareOptions& options) {
  const ComparedRun first = load_compared_run(options.first);
  const ComparedRun second = load_compared_run(options.second);
  const RunComparison comparison = compare_runs(
      first, second, options.subset ? ComparedCells::of_second_only : ComparedCells::all);
  if (comparison.in_both == 0 && !comparison.differs())
    throw BadInput(fmt::format("there is nothing to compare in {} and {}: no cell {}", first.name,
                               second.name, options.subset ? "of the second ran" : "is there"));
  fmt::print("{}", written(options, first, second, comparison));
  return comparison.differs() ? 1 : 0;
}

}  // namespace

void add_compare_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand("compare", "say which cells two runs have otherwise");
  command
      ->add_option("a", options->first,
                   "a folder that `run --out` wrote, or a reference: its folder or file")
      ->type_name("FILE")
      ->required();
  command->add_option("b", options->second, "another one, which is held against it")
      ->type_name("FILE")
      ->required();
  command->add_option("--format", options->format, "what is printed")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->capture_default_str();
  command->add_flag("--subset", options->subset,
                    "B is a part: cells of A that B does not have, or could not run, are left out");
  command->callback([options, &action] { action = [options] { return compare(*options); }; });
}

}  // namespace timewait
