#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/cli/record_folder.h"
#include "harness/report/matrix.h"
#include "harness/report/run_merge.h"
#include "harness/run/record_store.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

struct MergeOptions {
  Locations locations = default_locations();
  std::vector<std::string> folders;
  std::string out;
  bool partial = false;
};

/// Of shards that are missing.
constexpr std::size_t kMostNamed = 10;

/// Where the records of cells stand: in the order of the scenarios, and behind them in the order in
/// which they come those of cells that are in no scenario here.
class CellOrder {
 public:
  explicit CellOrder(const std::vector<Scenario>& scenarios) {
    for (const Scenario& scenario : scenarios)
      for (const Cell& cell : scenario.cells) place(scenario.name, cell.point);
  }

  std::size_t place(const std::string& scenario, const Point& point) {
    return places_.emplace(fmt::format("{}/{}", scenario, cell_name(point)), places_.size())
        .first->second;
  }

 private:
  std::map<std::string, std::size_t> places_;
};

/// Runs that become one folder.
class Merge {
 public:
  Merge(const MergeOptions& options, const std::vector<Scenario>& scenarios)
      : options_(options), scenarios_(scenarios), order_(scenarios) {
    for (const std::string& folder : options.folders)
      runs_.push_back({.name = folder, .summary = RecordFolder(folder).summary()});
  }

  int go() {
    check_folders();
    check_same_conditions(runs_);
    check_shards();
    check_whole();
    for (const MergedRun& run : runs_) look_at(run);
    cells_.check_agreement();
    write();
    fmt::print("{} records of {} {} are in {}\n", counts_.all(), runs_.size(),
               runs_.size() == 1 ? "run" : "runs", options_.out);
    return 0;
  }

 private:
  void check_folders() const {
    std::set<std::string> seen;
    const std::string out = std::filesystem::weakly_canonical(options_.out).string();
    for (const MergedRun& run : runs_) {
      const std::string folder = std::filesystem::weakly_canonical(run.name).string();
      if (folder == out)
        throw BadInput(fmt::format("--out {} is one of the runs; name another folder", run.name));
      if (!seen.insert(folder).second) throw BadInput(fmt::format("{} is named twice", run.name));
    }
  }

  void check_shards() const {
    const std::vector<Shard> missing = missing_shards(runs_);
    if (missing.empty() || options_.partial) return;
    std::vector<std::string> names;
    for (const Shard& shard : missing)
      if (names.size() < kMostNamed) names.push_back(shard.text());
    const std::size_t unnamed = missing.size() - names.size();
    throw BadInput(fmt::format("shard {}{} is missing; name the folders of all, or say --partial",
                               fmt::join(names, ", "),
                               unnamed == 0 ? "" : fmt::format(" and {} more", unnamed)));
  }

  void check_whole() const {
    if (options_.partial) return;
    for (const MergedRun& run : runs_)
      if (run.summary.not_run > 0)
        throw BadInput(
            fmt::format("{} is not a whole run: {} of its cells did not run; run them with "
                        "`timewait run --resume`, or say --partial",
                        run.name, run.summary.not_run));
  }

  /// Learns where each record of `run` will stand.
  void look_at(const MergedRun& run) {
    const RecordFolder folder(run.name);
    int records = 0;
    folder.for_each([&](const Record& record) {
      cells_.add(run.name, record);
      counts_.add(record.verdict);
      places_.push_back(order_.place(record.scenario, record.point));
      ++records;
    });
    folder.expect_whole(run.summary, records);
  }

  void write() const {
    RecordStore store(options_.out);
    std::size_t number = 0;
    for (const MergedRun& run : runs_)
      RecordFolder(run.name).for_each_line([&](const std::string& line, const Record&) {
        // The runs of one cell stay in the order of their folders.
        store.append(places_.at(number) * places_.size() + number, line);
        ++number;
      });
    store.finish();
    replace_file(options_.out + "/run.json", to_json(summary(), counts_.by_name()));
  }

  /// What one run left out because it is slow may be in another.
  RunSummary summary() const {
    RunSummary all = merged_summary(runs_);
    CellOrder known(scenarios_);
    std::set<std::size_t> there(places_.begin(), places_.end());
    for (const Scenario& scenario : scenarios_)
      for (const Cell& cell : scenario.cells)
        if (const auto left = all.left_out.find(std::string(slow_tag(scenario)));
            left != all.left_out.end() && there.contains(known.place(scenario.name, cell.point)))
          --left->second;
    std::erase_if(all.left_out, [](const auto& one) { return one.second <= 0; });
    return all;
  }

  const MergeOptions& options_;
  const std::vector<Scenario>& scenarios_;
  CellOrder order_;
  std::vector<MergedRun> runs_;
  MergedCells cells_;
  VerdictCounts counts_;
  std::vector<std::size_t> places_;  ///< of each record, run after run
};

int merge(const MergeOptions& options) {
  std::vector<std::string> all;
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, all);
  return Merge(options, scenarios).go();
}

}  // namespace

void add_merge_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App* command = app.add_subcommand(
      "merge", "join the records of shards, or of several machines, in one folder");
  command->add_option("dir", options->folders, "folders that `run --out` wrote")
      ->type_name("DIR")
      ->required();
  command->add_option("--out", options->out, "where records.jsonl and run.json go")
      ->type_name("DIR")
      ->required();
  command->add_flag("--partial", options->partial, "merge although shards or cells are missing");
  command
      ->add_option("--scenarios", options->locations.scenarios,
                   "folder of the scenario files, whose order the records get")
      ->type_name("DIR");
  command->callback([options, &action] { action = [options] { return merge(*options); }; });
}

}  // namespace timewait
