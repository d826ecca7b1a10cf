#include "harness/run/cell_pool.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <list>
#include <numeric>

#include "harness/base/error.h"
#include "harness/run/cell_limits.h"
#include "harness/run/repeated_attempt.h"
#include "harness/run/sandboxed_cell.h"

namespace timewait {
namespace {

/// A cell ends itself at its limit; one that cannot even do that is killed so much later.
constexpr Duration kGrace = std::chrono::seconds(1);

/// How long it may take to make a sandbox, mostly waiting for the kernel to open a capture.
constexpr Duration kPreparation = std::chrono::seconds(10);

/// Opening and closing a capture are some tens of milliseconds of waiting for the kernel. So that
/// nobody waits for that, sandboxes are made ahead, and those that are done may take their time.
constexpr std::size_t kPreparedPerCell = 12;
constexpr std::size_t kMostPrepared = 128;
/// Of the descriptors that a process may have, one in so many stands for a prepared and one for an
/// ending sandbox.
constexpr std::size_t kShareOfDescriptors = 16;
constexpr std::size_t kMostEnding = 200;

constexpr Duration kLongestPatience = std::chrono::minutes(1);

/// How many cells may wait at the same time: they need little, but not nothing.
constexpr std::size_t kMostWaiting = 64;

/// How often it is told that cells wait.
constexpr Duration kWaitingInterval = std::chrono::seconds(1);

bool waits(const CellJob& job) { return longest_wait_of(*job.cell) > Duration::zero(); }

/// The indices of the jobs in the order in which they start: what takes longest first.
std::vector<std::size_t> starting_order(const std::vector<CellJob>& jobs) {
  std::vector<std::size_t> order(jobs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t index) { return waits(jobs[index]); });
  return order;
}

/// How many sandboxes may be prepared, and how many ending, beside those that run: each needs a few
/// descriptors, and each cell inherits them all. The usual limit is a low one that may be raised.
std::size_t most_idle_sandboxes() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return 1;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return std::max<std::size_t>(1, limit.rlim_max / kShareOfDescriptors);
}

/// True for what other sandboxes have taken and will give back.
bool is_scarcity(int error) {
  return error == EMFILE || error == ENFILE || error == EAGAIN || error == ENOMEM ||
         error == ENOSPC;
}

class Pool {
 public:
  Pool(const std::vector<CellJob>& jobs, const RunSettings& settings, const RecordSink& sink,
       const WaitingSink& waiting, StopSignals* stop)
      : jobs_(jobs),
        settings_(settings),
        sink_(sink),
        waiting_(waiting),
        stop_(stop),
        order_(starting_order(jobs)) {}

  void run(std::size_t parallel) {
    const std::size_t most_idle = most_idle_sandboxes();
    const std::size_t most_prepared =
        std::min({parallel * kPreparedPerCell, kMostPrepared, most_idle});
    most_ending_ = std::min(kMostEnding, most_idle);
    while (next_ < jobs_.size() || !prepared_.empty() || !running_.empty()) {
      while (next_ < jobs_.size() && prepared_.size() < most_prepared && prepare(order_[next_]))
        ++next_;
      start_what_has_room(parallel);
      wait_for_news(parallel);
      end_what_is_over();
      if (is_stopped()) return break_off();
      if (waiting_) waiting_(waiting_cells());
    }
  }

 private:
  using Cells = std::list<SandboxedCell>;

  /// False when the machine has no room for one more sandbox until another one has ended.
  bool prepare(std::size_t index) {
    try {
      StartSignal start;
      CaptureSource source;  // of the sandbox: closed as its process ends, when the record is out
      Sandbox sandbox(settings_.isolation,
                      [&] { return play(jobs_[index], settings_, start, source) + kEndOfRecord; });
      prepared_.push_back({.index = index,
                           .start = std::move(start),
                           .sandbox = std::move(sandbox),
                           .deadline = Deadline::after(kPreparation),
                           .wait_end = Deadline::after(kPreparation)});
    } catch (const SystemError& error) {
      if (is_scarcity(error.error()) && make_room()) return false;
      sink_(index, broken(index, error.what()));
    } catch (const Error& error) {
      sink_(index, broken(index, error.what()));
    }
    return true;
  }

  /// Waits for a sandbox that is going, if there is one; true when another will go some time.
  bool make_room() {
    if (ending_.empty()) return !running_.empty() || !prepared_.empty();
    ending_.pop_front();
    return true;
  }

  void start_what_has_room(std::size_t parallel) {
    for (auto cell = prepared_.begin(); cell != prepared_.end();) {
      const auto next = std::next(cell);
      if (has_room(jobs_[cell->index], parallel) && cell->may_start()) start(cell);
      cell = next;
    }
  }

  bool has_room(const CellJob& job, std::size_t parallel) const {
    const auto of_its_kind = std::ranges::count_if(running_, [&](const SandboxedCell& cell) {
      return waits(jobs_[cell.index]) == waits(job);
    });
    return static_cast<std::size_t>(of_its_kind) < (waits(job) ? kMostWaiting : parallel);
  }

  void start(Cells::iterator cell) {
    const Cell& played = *jobs_[cell->index].cell;
    cell->deadline = Deadline::after(cell_limit_of(played, settings_) + kGrace);
    cell->wait_end = Deadline::after(longest_wait_of(played));
    cell->start.give();
    running_.splice(running_.end(), prepared_, cell);
  }

  WaitingCells waiting_cells() const {
    WaitingCells all;
    for (const SandboxedCell& cell : running_) {
      if (!waits(jobs_[cell.index])) continue;
      ++all.count;
      all.left = std::max(all.left, cell.wait_end.remaining());
    }
    return all;
  }

  /// Waits until a cell has written something, or one that there is room for is ready.
  void wait_for_news(std::size_t parallel) const {
    std::vector<pollfd> events;
    const bool tells = waiting_ && waiting_cells().count > 0;
    Duration patience = tells ? kWaitingInterval : Duration(kLongestPatience);
    for (const SandboxedCell& cell : running_) {
      events.push_back(readable(cell.sandbox.output()));
      if (!cell.over_limit) patience = std::min(patience, cell.deadline.remaining());
    }
    for (const SandboxedCell& cell : prepared_) {
      if (!has_room(jobs_[cell.index], parallel)) continue;
      events.push_back(readable(cell.start.awaited_fd()));
      events.push_back(readable(cell.sandbox.output()));
      patience = std::min(patience, cell.deadline.remaining());
    }
    if (events.empty()) return;
    if (stop_ != nullptr) events.push_back(readable(stop_->fd()));
    ::poll(events.data(), events.size(), poll_timeout(patience));
  }

  bool is_over(SandboxedCell& cell) {
    if (cell.drain()) return true;
    if (cell.deadline.expired() && !cell.over_limit) {
      cell.over_limit = true;
      cell.sandbox.kill();
    }
    return false;
  }

  void end_what_is_over() {
    for (auto cell = running_.begin(); cell != running_.end();) {
      const bool is_at_its_end = is_over(*cell);
      // Asked last: the terminal's signals reach the sandboxes, too, and what a cell says after one
      // could be due to it.
      if (is_stopped()) return;
      cell = is_at_its_end ? end(cell) : std::next(cell);
    }
  }

  bool is_stopped() { return stop_ != nullptr && stop_->first().has_value(); }

  /// All of them are killed before the first is waited for, so that the kernel ends them together.
  void break_off() {
    for (Cells* cells : {&prepared_, &running_}) {
      for (SandboxedCell& cell : *cells) cell.sandbox.kill();
      for (SandboxedCell& cell : *cells) ending_.push_back(std::move(cell.sandbox));
      cells->clear();
    }
    ending_.clear();  // waits
  }

  /// Hands over the record of a cell and lets its sandbox go in its own time.
  Cells::iterator end(Cells::iterator cell) {
    if (cell->output.ends_with(kEndOfRecord)) {
      cell->output.pop_back();
      sink_(cell->index, std::move(cell->output));
    } else {
      sink_(cell->index, broken(cell->index, why_it_broke(*cell)));
    }
    ending_.push_back(std::move(cell->sandbox));
    ending_.remove_if(has_ended);
    if (ending_.size() > most_ending_) ending_.pop_front();  // waits
    return running_.erase(cell);
  }

  std::string why_it_broke(SandboxedCell& cell) const {
    const Duration allowed = cell_limit_of(*jobs_[cell.index].cell, settings_);
    const auto limit = std::chrono::duration<double>(allowed).count();
    if (cell.over_limit)
      return fmt::format("the cell did not end at its limit of {:.3g} s and was killed", limit);
    const ExitState state = cell.sandbox.wait();
    if (state == ExitState{.how = ExitState::How::killed, .number = SIGKILL})
      return "the cell broke: killed by SIGKILL, as when memory runs out; see the kernel's log";
    return fmt::format("the cell broke: {}", cell.output.empty() ? state.text() : cell.output);
  }

  std::string broken(std::size_t index, const std::string& reason) const {
    return broken_record(jobs_[index], settings_, reason);
  }

  const std::vector<CellJob>& jobs_;
  const RunSettings& settings_;
  const RecordSink& sink_;
  const WaitingSink& waiting_;
  StopSignals* stop_;
  const std::vector<std::size_t> order_;
  Cells prepared_;
  Cells running_;
  std::list<Sandbox> ending_;
  std::size_t most_ending_ = 0;
  std::size_t next_ = 0;
};

}  // namespace

void run_cells(const std::vector<CellJob>& jobs, int parallel, const RunSettings& settings,
               const RecordSink& sink, const WaitingSink& waiting, StopSignals* stop) {
  Pool(jobs, settings, sink, waiting, stop).run(static_cast<std::size_t>(std::max(parallel, 1)));
}

}  // namespace timewait
