// A run of a few cells that is kept and reported on, for tests of what is exported.
#pragma once

#include "harness/base/error.h"
#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {

/// Text that means something in each of the formats, and holds what some of them cannot hold.
inline constexpr const char* kNasty =
    "=1+1, \"q\" | `tick` ``` <b>&amp;</b> ]]> # TODO \\ % a:b\r\nnot ok 9\x01\x1b[2J 你";

inline constexpr const char* kWantsTimeWait =
    "server runs message_server\nserver gets SIGINT\nserver dies of SIGINT\n"
    "precondition server TIME_WAIT\nrebind\n";

inline constexpr const char* kFaultyServer =
    "server runs faulty adds-option with plain\nprecondition server LISTEN\nrebind\n";

/// The folder of a run that `timewait run` made and in which somebody wrote since.
class KeptRun {
 public:
  /// A cell that passes; with `all_verdicts` also one that fails, one that is inconclusive, one
  /// that breaks and one that is skipped.
  explicit KeptRun(bool all_verdicts) {
    std::vector<std::string> command = {"run", "--out", out(), "--step-timeout", "0.5"};
    command.push_back(scenario("passes", kIdleServerInterrupted, "bound"));
    if (all_verdicts) {
      command.push_back(scenario("fails", kIdleServerInterrupted, "bind:EADDRINUSE"));
      command.push_back(scenario("proves-nothing", kWantsTimeWait, "bound"));
      command.push_back(scenario("breaks", kFaultyServer, "bound"));
    }
    const CommandResult result = run_timewait(command);
    if (result.end.number != (all_verdicts ? kFail : 0)) throw Error(result.output + result.errors);
    if (all_verdicts) add_a_skipped_cell();
  }

  std::string out() const { return folder_.path() + "/out"; }

  CommandResult report(const std::string& format,
                       std::vector<std::string> environment = {"-u", "GITHUB_ACTIONS"}) const {
    environment.insert(environment.begin(), "env");
    for (const std::string& word : {timewait_path(), std::string("report"), out()})
      environment.push_back(word);
    environment.insert(environment.end(), {"--format", format});
    return run_command(environment);
  }

  /// The report in a file.
  std::string file(const std::string& format) const {
    return folder_.write("report." + format, report(format).output);
  }

 private:
  std::string scenario(const std::string& name, const std::string& script,
                       const std::string& expect) const {
    return folder_.write("theme/" + name + ".toml", scenario_around(script, expect));
  }

  /// No machine refuses just one cell, so that one is made of the last.
  void add_a_skipped_cell() const {
    std::string all;
    for (const std::string& line : record_lines(out())) all += line + "\n";
    nlohmann::ordered_json skipped = nlohmann::ordered_json::parse(record_lines(out()).back());
    skipped["scenario"] = "skipped";
    skipped["title"] = kNasty;
    skipped["outcome"] = nullptr;
    skipped["verdict"] = "skip";
    skipped["reason"] = kNasty;
    skipped["trouble"] = {{"verdict", "skip"}, {"text", kNasty}};
    folder_.write("out/records.jsonl", all + skipped.dump() + "\n");
    std::ifstream file(out() + "/run.json");
    nlohmann::ordered_json run = nlohmann::ordered_json::parse(file);
    run["cells"] = 5;
    folder_.write("out/run.json", run.dump());
  }

  TemporaryFolder folder_;
};

inline constexpr bool kAllVerdicts = true;

}  // namespace timewait
