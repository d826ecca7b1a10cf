#include "harness/run/cell_pool.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <list>

#include "harness/base/error.h"
#include "harness/run/record_json.h"
#include "harness/run/sandbox.h"

namespace timewait {
namespace {

/// A cell ends itself at its limit; one that cannot even do that is killed so much later.
constexpr Duration kGrace = std::chrono::seconds(1);

/// A cell that is running.
struct RunningCell {
  std::size_t index;
  Sandbox sandbox;
  Deadline deadline;
  std::string output{};
  bool over_limit = false;
};

/// Takes what the cell has written; true when it has written all it ever will.
bool drain(RunningCell& cell) {
  std::array<char, std::size_t{64} * 1024> chunk;
  while (true) {
    const ssize_t size = ::read(cell.sandbox.output(), chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return false;
    if (check(size, "read(record)") == 0) return true;
    cell.output.append(chunk.data(), static_cast<std::size_t>(size));
  }
}

class Pool {
 public:
  Pool(const std::vector<CellJob>& jobs, const RunSettings& settings, const RecordSink& sink)
      : jobs_(jobs), settings_(settings), sink_(sink) {}

  void run(std::size_t parallel) {
    while (next_ < jobs_.size() || !running_.empty()) {
      while (next_ < jobs_.size() && running_.size() < parallel) start(next_++);
      wait_for_output();
      running_.remove_if([this](RunningCell& cell) { return is_over(cell); });
    }
  }

 private:
  void start(std::size_t index) {
    const CellJob& job = jobs_[index];
    try {
      running_.push_back(
          {.index = index,
           .sandbox =
               Sandbox(settings_.isolation,
                       [&] { return to_json_line(run_cell(*job.scenario, *job.cell, settings_)); }),
           .deadline = Deadline::after(settings_.cell_limit + kGrace)});
    } catch (const Error& error) {
      sink_(index, broken(index, error.what()));
    }
  }

  void wait_for_output() const {
    if (running_.empty()) return;
    std::vector<pollfd> outputs;
    Duration patience = settings_.cell_limit + kGrace;
    for (const RunningCell& cell : running_) {
      outputs.push_back({.fd = cell.sandbox.output(), .events = POLLIN, .revents = 0});
      if (!cell.over_limit) patience = std::min(patience, cell.deadline.remaining());
    }
    ::poll(outputs.data(), outputs.size(), poll_timeout(patience));
  }

  bool is_over(RunningCell& cell) {
    if (drain(cell)) {
      finish(cell);
      return true;
    }
    if (cell.deadline.expired() && !cell.over_limit) {
      cell.over_limit = true;
      cell.sandbox.kill();
    }
    return false;
  }

  void finish(RunningCell& cell) {
    const ExitState end = cell.sandbox.wait();
    if (cell.over_limit) {
      const auto limit = std::chrono::duration<double>(settings_.cell_limit).count();
      sink_(cell.index,
            broken(cell.index, fmt::format("the cell did not end at its limit of {:.3g} s "
                                           "and was killed",
                                           limit)));
    } else if (!end.is_success()) {
      const std::string& last_words = cell.output;
      sink_(cell.index,
            broken(cell.index, fmt::format("the cell broke: {}",
                                           last_words.empty() ? end.text() : last_words)));
    } else {
      sink_(cell.index, std::move(cell.output));
    }
  }

  /// The record of a cell that could not write one itself.
  std::string broken(std::size_t index, const std::string& reason) const {
    const CellJob& job = jobs_[index];
    Record record = blank_record(*job.scenario, *job.cell, settings_.isolation);
    record.trouble = Trouble{.verdict = Verdict::error, .text = reason};
    judge(record);
    return to_json_line(record);
  }

  const std::vector<CellJob>& jobs_;
  const RunSettings& settings_;
  const RecordSink& sink_;
  std::list<RunningCell> running_;
  std::size_t next_ = 0;
};

}  // namespace

void run_cells(const std::vector<CellJob>& jobs, int parallel, const RunSettings& settings,
               const RecordSink& sink) {
  Pool(jobs, settings, sink).run(static_cast<std::size_t>(std::max(parallel, 1)));
}

}  // namespace timewait
