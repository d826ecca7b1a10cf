#include "harness/cli/run_session.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <numeric>
#include <queue>
#include <system_error>

#include "harness/base/error.h"
#include "harness/base/shell_word.h"
#include "harness/cli/print_results.h"
#include "harness/cli/trace_output.h"
#include "harness/report/progress.h"
#include "harness/run/record_json.h"
#include "harness/run/time_covered.h"

namespace timewait {
namespace {

Matrix empty_matrix(const std::vector<SelectedCell>& cells) {
  Matrix matrix;
  for (const auto& [scenario, cell] : cells)
    matrix.expect({.scenario = scenario->name,
                   .theme = scenario->theme,
                   .title = scenario->title,
                   .point = cell->point});
  return matrix;
}

std::string name_of(const std::string& scenario, const Point& point) {
  return scenario + "/" + cell_name(point);
}

/// The jobs of a run, given out to records that are there already.
class OpenJobs {
 public:
  explicit OpenJobs(const std::vector<CellJob>& jobs) {
    for (std::size_t index = 0; index < jobs.size(); ++index)
      open_[name_of(jobs[index].scenario->name, jobs[index].cell->point)].push(index);
  }

  /// The first job that `record` can be of. Throws BadInput when there is none.
  std::size_t take(const Record& record) {
    const std::string name = name_of(record.scenario, record.point);
    std::queue<std::size_t>& indices = open_[name];
    if (indices.empty()) throw BadInput(fmt::format("this run has no further cell {}", name));
    const std::size_t index = indices.front();
    indices.pop();
    return index;
  }

  std::vector<std::size_t> left() const {
    std::vector<std::size_t> all;
    for (auto [name, indices] : open_)
      for (; !indices.empty(); indices.pop()) all.push_back(indices.front());
    std::ranges::sort(all);
    return all;
  }

 private:
  std::map<std::string, std::queue<std::size_t>> open_;
};

}  // namespace

RunSession::RunSession(const RunOptions& options, const PageOutput& page, const RunSetup& setup)
    : options_(options),
      page_(page),
      setup_(setup),
      style_(options.language, options.locations),
      jobs_(setup.jobs(options.repeat)),
      summary_(setup.plan.run),
      matrix_(empty_matrix(setup.cells)),
      date_(source_date()) {}

int RunSession::begin() {
  return sit_through([&] {
    make_store();
    to_run_.resize(jobs_.size());
    std::iota(to_run_.begin(), to_run_.end(), std::size_t{0});
  });
}

int RunSession::go_on(FolderLock lock) {
  return sit_through([&] {
    const RecordFolder folder(lock.directory());
    store_.emplace(std::move(lock));
    adopt(folder);
  });
}

int RunSession::sit_through(const std::function<void()>& prepare) {
  {
    StopSignals stop;
    prepare();
    play(stop);
    summary_.cells = matrix_.counts().all();
    summary_.not_run = static_cast<int>(jobs_.size()) - summary_.cells;
    if (summary_.not_run > 0) return stopped_by(stop.first().value());
    finish();
  }
  show();
  return matrix_.exit_code();
}

void RunSession::make_store() {
  const bool keeps_records = !options_.no_out || options_.is_about_one_cell() ||
                             !options_.html.empty() || find_exporter(options_.format).needs_records;
  if (keeps_records) open_store();
  if (options_.no_out) return;
  replace_file(options_.out + "/plan.json", to_json(setup_.plan));
}

void RunSession::open_store() try {
  store_.emplace(options_.no_out ? std::string() : options_.out);
} catch (const BadInput& error) {
  throw BadInput(fmt::format("{}, or keep no records with --no-out", error.what()));
}

/// Takes what is in the folder as if it had just been made.
void RunSession::adopt(const RecordFolder& folder) {
  OpenJobs open(jobs_);
  TimeCovered time;
  folder.for_each_line([&](const std::string& line, const Record& record) {
    store_->adopt(open.take(record), line.size());
    take(record);
    time.add(record);
  });
  store_->drop_the_rest();
  to_run_ = open.left();
  summary_.wall_time = time.sum();
}

void RunSession::play(StopSignals& stop) {
  std::vector<CellJob> jobs;
  for (const std::size_t index : to_run_) jobs.push_back(jobs_[index]);
  const auto start = Clock::now();
  {
    Progress progress(options_.step ? 0 : jobs_.size(), jobs_.size() - jobs.size());
    const auto keep = [&](std::size_t index, const std::string& record) {
      take(read_record(record));
      if (store_) store_->append(to_run_[index], record);
      progress.advance(jobs[index].scenario->name);
    };
    run_cells(
        jobs, summary_.jobs, setup_.settings, keep,
        [&](const WaitingCells& now) { progress.waiting(now.count, now.left); }, &stop);
  }
  summary_.wall_time += std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

/// A run that is whole is known by its run.json.
void RunSession::finish() {
  if (store_) store_->finish();
  if (options_.no_out) return;
  replace_file(options_.out + "/run.json", to_json(summary_, matrix_.counts().by_name()));
  spdlog::info("records are in {}", options_.out);
}

int RunSession::stopped_by(int signal) {
  matrix_.drop_what_did_not_run();
  try {
    if (!options_.is_about_one_cell()) print_results(options_.format, results(), style_.text());
    std::fflush(stdout);
  } catch (const std::system_error&) {
    // Nobody reads it any more; that the terminal was closed may be why we stop.
  }
  std::string words =
      fmt::format("timewait: interrupted after {} of {} cells; ", summary_.cells, jobs_.size());
  words += options_.no_out
               ? fmt::format("{} were not run\n", summary_.not_run)
               : fmt::format("to go on: timewait run --resume {}\n", shell_word(options_.out));
  std::fputs(words.c_str(), stderr);
  return exit_status_of_signal(signal);
}

void RunSession::take(const Record& record) {
  matrix_.add(cell_result_of(record));
  if (summary_.capture_trouble.empty()) summary_.capture_trouble = record.capture_trouble;
}

void RunSession::show() {
  if (!options_.pcap.empty()) write_capture(options_.pcap, only_record());
  if (options_.trace)
    print_trace(*kTraceFormats.find(options_.format), only_record(), style_.text());
  else
    print_results(options_.format, results(), style_.text());
  page_.write(results());
}

RunResults RunSession::results() {
  const auto for_each = [&](const RunResults::Take& one) {
    store_->for_each([&](const std::string& line) { one(read_record(line)); });
  };
  return {.matrix = matrix_, .summary = summary_, .for_each = for_each, .date = date_};
}

/// The record of a run of one cell.
Record RunSession::only_record() {
  Record record;
  store_->for_each([&](const std::string& line) { record = read_record(line); });
  return record;
}

}  // namespace timewait
