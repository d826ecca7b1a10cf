#include "harness/run/cell_pool.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <list>
#include <numeric>

#include "harness/base/error.h"
#include "harness/run/record_json.h"
#include "harness/run/repeated_attempt.h"
#include "harness/run/sandbox.h"

namespace timewait {
namespace {

/// A cell ends itself at its limit; one that cannot even do that is killed so much later.
constexpr Duration kGrace = std::chrono::seconds(1);

/// How many cells may wait at the same time: they need little, but not nothing.
constexpr std::size_t kMostWaiting = 64;

/// How often it is told that cells wait.
constexpr Duration kWaitingInterval = std::chrono::seconds(1);

bool waits(const CellJob& job) { return is_repeated(job.cell->steps.back().verb); }

/// The indices of the jobs in the order in which they start: what takes longest first.
std::vector<std::size_t> starting_order(const std::vector<CellJob>& jobs) {
  std::vector<std::size_t> order(jobs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t index) { return waits(jobs[index]); });
  return order;
}

/// A cell that is running.
struct RunningCell {
  std::size_t index;
  Sandbox sandbox;
  Deadline deadline;
  Deadline wait_end;
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
  Pool(const std::vector<CellJob>& jobs, const RunSettings& settings, const RecordSink& sink,
       const WaitingSink& waiting)
      : jobs_(jobs),
        settings_(settings),
        sink_(sink),
        waiting_(waiting),
        order_(starting_order(jobs)) {}

  void run(std::size_t parallel) {
    while (next_ < jobs_.size() || !running_.empty()) {
      while (next_ < jobs_.size() && has_room(jobs_[order_[next_]], parallel))
        start(order_[next_++]);
      wait_for_output();
      running_.remove_if([this](RunningCell& cell) { return is_over(cell); });
      if (waiting_) waiting_(waiting_cells());
    }
  }

 private:
  bool has_room(const CellJob& job, std::size_t parallel) const {
    const auto of_its_kind = std::ranges::count_if(
        running_, [&](const RunningCell& cell) { return waits(jobs_[cell.index]) == waits(job); });
    return static_cast<std::size_t>(of_its_kind) < (waits(job) ? kMostWaiting : parallel);
  }

  WaitingCells waiting_cells() const {
    WaitingCells all;
    for (const RunningCell& cell : running_) {
      if (!waits(jobs_[cell.index])) continue;
      ++all.count;
      all.left = std::max(all.left, cell.wait_end.remaining());
    }
    return all;
  }

  void start(std::size_t index) {
    const CellJob& job = jobs_[index];
    try {
      running_.push_back(
          {.index = index,
           .sandbox =
               Sandbox(settings_.isolation,
                       [&] { return to_json_line(run_cell(*job.scenario, *job.cell, settings_)); }),
           .deadline = Deadline::after(cell_limit_of(*job.cell, settings_) + kGrace),
           .wait_end = Deadline::after(longest_wait_of(*job.cell))});
    } catch (const Error& error) {
      sink_(index, broken(index, error.what()));
    }
  }

  void wait_for_output() const {
    if (running_.empty()) return;
    std::vector<pollfd> outputs;
    Duration patience =
        waiting_ && waiting_cells().count > 0 ? kWaitingInterval : settings_.cell_limit + kGrace;
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
      const Duration allowed = cell_limit_of(*jobs_[cell.index].cell, settings_);
      const auto limit = std::chrono::duration<double>(allowed).count();
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
  const WaitingSink& waiting_;
  const std::vector<std::size_t> order_;
  std::list<RunningCell> running_;
  std::size_t next_ = 0;
};

}  // namespace

void run_cells(const std::vector<CellJob>& jobs, int parallel, const RunSettings& settings,
               const RecordSink& sink, const WaitingSink& waiting) {
  Pool(jobs, settings, sink, waiting).run(static_cast<std::size_t>(std::max(parallel, 1)));
}

}  // namespace timewait
