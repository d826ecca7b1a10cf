// Compares timewait with a floor that makes the same system calls and nothing else, in one run on
// one machine, and shows how cost and memory grow with the number of cells. scripts/bench runs it.
//
//   timewait_bench BUILD SCENARIO [ROUNDS]

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "harness/bench/measured_command.h"
#include "harness/kernel/core_count.h"

namespace {

using namespace timewait;

constexpr int kCells = 1000;

class Bench {
 public:
  Bench(std::string build, std::string scenario, int rounds)
      : build_(std::move(build)),
        scenario_(std::move(scenario)),
        rounds_(rounds),
        jobs_(core_count()) {}

  void run() const {
    compare_with_floor();
    compare_with_evidence();
    grow();
    whole_matrix();
  }

 private:
  MeasuredCommand harness(int cells, const char* evidence) const {
    return measure({build_ + "/bin/timewait", "run", scenario_, "--no-out", "--evidence", evidence,
                    "--repeat", std::to_string(cells), "--jobs", std::to_string(jobs_)});
  }

  MeasuredCommand matrix(const char* evidence) const {
    return measure({build_ + "/bin/timewait", "run", "--no-out", "--evidence", evidence});
  }

  MeasuredCommand floor(int cells) const {
    return measure({build_ + "/bin/timewait_floor", build_ + "/libexec/timewait",
                    std::to_string(cells), std::to_string(jobs_)});
  }

  void compare_with_floor() const {
    fmt::print("{} cells of the plain document pair, {} at a time, {} alternating rounds\n\n",
               kCells, jobs_, rounds_);
    fmt::print("{:>8}{:>16}{:>16}{:>10}\n", "round", "timewait", "floor", "ratio");
    std::vector<double> ratios;
    harness(kCells / 10, "none");
    floor(kCells / 10);
    for (int round = 1; round <= rounds_; ++round) {
      const double ours = harness(kCells, "none").seconds;
      const double least = floor(kCells).seconds;
      ratios.push_back(ours / least);
      fmt::print("{:>8}{:>10.0f} cell/s{:>10.0f} cell/s{:>10.2f}\n", round, kCells / ours,
                 kCells / least, ratios.back());
    }
    print_spread("ratio", ratios);
  }

  /// What capturing segments and looking at every step costs, of cells per second.
  void compare_with_evidence() const {
    fmt::print("the same cells and the whole matrix, with and without evidence\n\n");
    fmt::print("{:>8}{:>16}{:>16}{:>10}{:>14}\n", "round", "without", "with", "cost",
               "matrix cost");
    std::vector<double> costs;
    std::vector<double> matrix_costs;
    for (int round = 1; round <= rounds_; ++round) {
      const double without = kCells / harness(kCells, "none").seconds;
      const double with = kCells / harness(kCells, "failed").seconds;
      costs.push_back(1 - with / without);
      matrix_costs.push_back(1 - matrix("none").seconds / matrix("failed").seconds);
      fmt::print("{:>8}{:>10.0f} cell/s{:>10.0f} cell/s{:>10.2f}{:>14.2f}\n", round, without, with,
                 costs.back(), matrix_costs.back());
    }
    print_spread("cost", costs);
    print_spread("matrix cost", matrix_costs);
  }

  static void print_spread(const char* name, std::vector<double> values) {
    std::ranges::sort(values);
    fmt::print("\n{}: minimum {:.2f}, median {:.2f}, maximum {:.2f}\n\n", name, values.front(),
               values[values.size() / 2], values.back());
  }

  void grow() const {
    fmt::print("{:>8}{:>16}{:>16}\n", "cells", "per cell", "peak memory");
    for (const int cells : {100, 1000, 10'000}) {
      const MeasuredCommand measured = harness(cells, "failed");
      fmt::print("{:>8}{:>13.2f} ms{:>12.1f} MiB\n", cells, 1000 * measured.seconds / cells,
                 static_cast<double>(measured.peak_kib) / 1024);
    }
  }

  void whole_matrix() const {
    std::vector<double> seconds;
    for (int round = 0; round < rounds_; ++round) seconds.push_back(matrix("failed").seconds);
    std::ranges::sort(seconds);
    fmt::print("\nthe whole matrix: minimum {:.2f} s, median {:.2f} s, maximum {:.2f} s\n",
               seconds.front(), seconds[seconds.size() / 2], seconds.back());
  }

  std::string build_;
  std::string scenario_;
  int rounds_;
  int jobs_;
};

}  // namespace

int main(int argc, char** argv) try {
  constexpr int kRounds = 5;
  if (argc < 3) {
    fmt::print(stderr, "usage: timewait_bench BUILD SCENARIO [ROUNDS]\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Bench(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : kRounds).run();
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "bench: {}\n", error.what());
  return 1;
}
