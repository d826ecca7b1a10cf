// Measures what it costs to start timewait, against a floor that is linked the same way and sets up
// the same commands but reads no scenario: `timewait --version`. Where a second build is named, its
// program is measured between, so that the two can be compared. scripts/bench-start runs it.
//
//   timewait_start BUILD [ROUNDS [OTHER_BUILD]]

#include <cstdlib>

#include "harness/bench/measured_command.h"

namespace {

using namespace timewait;

/// Starts in one round: one alone is too short for the processor's clock.
constexpr int kStarts = 10;

constexpr const char* kCell = "server-closes-first/first=plain,rebind=plain";

const std::vector<std::vector<std::string>> kCommands = {
    {"list"},
    {"list", "--json"},
    {"show", kCell},
    {"explain", kCell},
    {"run", kCell, "--no-out", "--evidence", "none"},
};

/// Milliseconds of the processor for one start of `program`.
double cost(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{program};
  command.insert(command.end(), arguments.begin(), arguments.end());
  double seconds = 0;
  for (int i = 0; i < kStarts; ++i) seconds += measure(command).cpu_seconds;
  return 1000 * seconds / kStarts;
}

struct Row {
  std::string program;
  std::vector<std::string> arguments;
  std::vector<double> costs;
  std::vector<double> ratios;  ///< to the floor of the same round
};

void print(const Row& row) {
  const auto [least, most] = std::ranges::minmax(row.ratios);
  fmt::print("{:>9.2f} ms{:>9.2f}{:>9.2f}{:>9.2f}   {} {}{}\n", median(row.costs), least,
             median(row.ratios), most, row.program, row.arguments[0],
             row.arguments.size() > 1 ? " " + row.arguments[1] : "");
}

void run(const std::vector<std::string>& builds, int rounds) {
  const std::string floor = builds.front() + "/bin/timewait";
  std::vector<Row> rows;
  for (const auto& arguments : kCommands)
    for (const std::string& build : builds)
      rows.push_back({.program = build + "/bin/timewait", .arguments = arguments});
  std::vector<double> floors;
  for (int round = 0; round < rounds; ++round) {
    floors.push_back(cost(floor, {"--version"}));
    for (Row& row : rows) {
      row.costs.push_back(cost(row.program, row.arguments));
      row.ratios.push_back(row.costs.back() / floors.back());
    }
  }
  fmt::print(
      "processor time of a start, {} alternating rounds of {}; the floor is --version, {:.2f} "
      "ms\n\n",
      rounds, kStarts, median(floors));
  fmt::print("{:>12}{:>9}{:>9}{:>9}\n", "median", "least", "ratio", "most");
  for (const Row& row : rows) print(row);
}

}  // namespace

int main(int argc, char** argv) try {
  constexpr int kRounds = 5;
  if (argc < 2) {
    fmt::print(stderr, "usage: timewait_start BUILD [ROUNDS [OTHER_BUILD]]\n");
    return 2;
  }
  std::vector<std::string> builds{argv[1]};
  if (argc > 3) builds.emplace_back(argv[3]);
  run(builds, argc > 2 ? std::max(1, std::atoi(argv[2])) : kRounds);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "start: {}\n", error.what());
  return 1;
}
