#include "harness/run/cell_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>

#include "harness/run/attempt.h"
#include "harness/run/attempt_steps.h"
#include "harness/run/steps.h"

namespace timewait {
namespace {

/// Plays the steps of one cell in order and records each, also one that throws.
class CellRun {
 public:
  CellRun(const Cell& cell, const RunSettings& settings, Record& record)
      : scene_(cell, settings), record_(record) {}

  ~CellRun() {
    scene_.stage.take_events();
    for (const StagedActor& actor : scene_.stage.actors()) describe(actor);
  }
  CellRun(const CellRun&) = delete;
  CellRun& operator=(const CellRun&) = delete;

  void play() {
    if (needs_ipv6() && !has_ipv6())
      throw CannotRunHere("this machine has no IPv6 on its loopback");
    const std::span<const Step> steps = scene_.cell.steps;
    std::size_t i = 0;
    for (; steps[i].verb != Verb::precondition && !is_attempt(steps[i].verb); ++i)
      record_step(steps[i].text, [&] { play_step(scene_, steps[i]); });
    const auto preconditions = steps.subspan(i, steps.size() - 1 - i);
    if (!preconditions.empty()) record_preconditions(preconditions, steps.back());
    record_step(steps.back().text, [&] { play_attempt(scene_, steps.back(), record_); });
    scene_.stage.take_events();
    for (const StagedActor& actor : scene_.stage.actors()) check_end(actor);
  }

 private:
  bool needs_ipv6() const {
    const auto is_ipv6 = [](const Endpoint& endpoint) { return endpoint.family() == AF_INET6; };
    return std::ranges::any_of(
               scene_.cell.actors,
               [&](const Actor& actor) { return actor.place && is_ipv6(actor.place->endpoint); }) ||
           std::ranges::any_of(scene_.cell.steps, [&](const Step& step) {
             return step.endpoint && is_ipv6(*step.endpoint);
           });
  }

  static bool has_ipv6() {
    return Attempt(*Endpoint::parse("[::1]:0"), OptionSet::plain, true).outcome().is_bound();
  }

  void record_step(const std::string& text, const std::function<void()>& act) {
    const auto start = Clock::now() - start_;
    const int looks = scene_.stage.looks();
    scene_.note.clear();
    try {
      act();
    } catch (const Error& error) {
      scene_.note = error.what();
      add_record(text, start);
      throw;
    }
    // A step that looked has done so last.
    if (scene_.stage.looks() == looks) scene_.stage.look();
    add_record(text, start);
  }

  void add_record(const std::string& text, std::chrono::nanoseconds start) {
    spdlog::debug("{}: {}", text, scene_.note);
    record_.steps.push_back({.text = text,
                             .start = start,
                             .end = Clock::now() - start_,
                             .note = scene_.note,
                             .table = scene_.stage.table()});
  }

  /// One look for all: what is judged must be the last thing seen before the attempt.
  void record_preconditions(std::span<const Step> preconditions, const Step& attempt) {
    const auto start = Clock::now() - start_;
    scene_.note.clear();
    look_for_preconditions(scene_, preconditions, attempt, record_);
    for (const Step& step : preconditions) add_record(step.text, start);
  }

  /// An actor that failed although no step has said so makes the cell an error.
  static void check_end(const StagedActor& actor) {
    const auto& end = actor.process.exit_state();
    if (end && !actor.end_expected && !end->is_success())
      throw Error(fmt::format("{} ended and no step says so: {}", actor.name, last_words(actor)));
  }

  void describe(const StagedActor& actor) {
    const auto& end = actor.process.exit_state();
    record_.actors.push_back({.name = actor.name,
                              .command = actor.command,
                              .end = end ? end->text() : "running",
                              .output = actor.output.text(),
                              .errors = actor.errors.text()});
  }

  const Clock::time_point start_ = Clock::now();
  Scene scene_;
  Record& record_;
};

void play(const Cell& cell, const RunSettings& settings, Record& record) {
  try {
    CellRun(cell, settings, record).play();
  } catch (const Mismatch& mismatch) {
    record.trouble = Trouble{.verdict = Verdict::fail, .text = mismatch.what()};
  } catch (const CannotRunHere& reason) {
    record.trouble = Trouble{.verdict = Verdict::skip, .text = reason.what()};
  } catch (const std::exception& error) {
    record.trouble = Trouble{.verdict = Verdict::error, .text = error.what()};
  }
}

}  // namespace

Record blank_record(const Scenario& scenario, const Cell& cell, Isolation isolation) {
  return {.scenario = scenario.name,
          .theme = scenario.theme,
          .title = scenario.title,
          .point = cell.point,
          .expected = cell.expected,
          .promised = cell.promised,
          .isolation = std::string(kIsolations.name(isolation))};
}

Record run_cell(const Scenario& scenario, const Cell& cell, const RunSettings& settings) {
  const auto start = Clock::now();
  Record record = blank_record(scenario, cell, settings.isolation);
  play(cell, settings, record);
  record.duration = Clock::now() - start;
  judge(record);
  return record;
}

}  // namespace timewait
