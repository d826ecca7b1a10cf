#include "harness/run/cell_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>

#include "harness/base/shortage.h"
#include "harness/kernel/capabilities.h"
#include "harness/kernel/namespaces.h"
#include "harness/kernel/release.h"
#include "harness/run/attempt.h"
#include "harness/run/attempt_steps.h"
#include "harness/run/cell_needs.h"
#include "harness/run/steps.h"

namespace timewait {
namespace {

/// Plays the steps of one cell in order and records each, also one that throws.
class CellRun {
 public:
  CellRun(const CellPlace& place, const RunSettings& settings, CaptureSource* source,
          Record& record)
      : scene_(place, settings, source), record_(record) {}

  void play() {
    if (needs_of(scene_.cell).abilities.contains(Ability::ipv6) && !has_ipv6())
      throw CannotRunHere("this machine has no IPv6 on its loopback");
    for (const Step& step : scene_.cell.steps) check_user(step);
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

  /// Puts into the record what is known at the end, however the play went.
  void close() {
    scene_.stage.take_events();
    for (const StagedActor& actor : scene_.stage.actors()) describe(actor);
    record_.evidence = scene_.evidence.finish();
    if (record_.evidence) record_.capture_trouble = missing_segments(*record_.evidence);
  }

 private:
  /// A user that the sandbox does not have would be EINVAL, which says nothing about ports, and one
  /// cannot see what only root may do where root may not either.
  static void check_user(const Step& step) {
    if (!step.call || step.call->name != CallName::seteuid) return;
    if (!has_user(static_cast<uid_t>(step.call->number)))
      throw CannotRunHere(
          fmt::format("the sandbox has no user {}: only root can give it more users than one",
                      step.call->number));
    if (const std::string lacking = lacking_capability(); !lacking.empty())
      throw CannotRunHere(fmt::format("root of the sandbox lacks {}", lacking));
  }

  static bool has_ipv6() {
    return Attempt(*Endpoint::parse("[::1]:0"), OptionSet::plain, true).outcome().is_bound();
  }

  void record_step(const std::string& text, const std::function<void()>& act) {
    announce_step(record_.steps.size());
    const auto start = scene_.evidence.now();
    scene_.evidence.step_began(record_.steps.size());
    scene_.stage.expect_news();
    scene_.note.clear();
    try {
      act();
    } catch (const Error& error) {
      scene_.note = error.what();
      add_record(text, start);
      show_step();
      throw;
    }
    if (scene_.evidence.is_on()) scene_.stage.fresh_table();
    add_record(text, start);
    show_step();
  }

  void announce_step(std::size_t index) const {
    if (scene_.settings.watch) scene_.settings.watch->before(scene_.cell, index);
  }

  void show_step() const {
    if (scene_.settings.watch) scene_.settings.watch->after(record_.steps.back());
  }

  void add_record(const std::string& text, std::chrono::nanoseconds start) {
    spdlog::debug("{}: {}", text, scene_.note);
    record_.steps.push_back(
        {.text = text, .start = start, .end = scene_.evidence.now(), .note = scene_.note});
    if (scene_.evidence.is_on()) record_.steps.back().table = scene_.stage.table();
  }

  /// One look for all: what is judged must be the last thing seen before the attempt.
  void record_preconditions(std::span<const Step> preconditions, const Step& attempt) {
    for (std::size_t i = 0; i < preconditions.size(); ++i) announce_step(record_.steps.size() + i);
    const auto start = scene_.evidence.now();
    for (std::size_t i = 0; i < preconditions.size(); ++i)
      scene_.evidence.step_began(record_.steps.size() + i);
    scene_.note.clear();
    look_for_preconditions(scene_, preconditions, attempt, record_);
    for (const Step& step : preconditions) add_record(step.text, start);
    show_step();
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
                              .place = scene_.cell.actor(actor.name).place,
                              .output = actor.output.text(),
                              .errors = actor.errors.text()});
  }

  Scene scene_;
  Record& record_;
};

/// Runs `act` and notes in the record what stops it.
void note_trouble(Record& record, const std::function<void()>& act) {
  try {
    act();
  } catch (const Mismatch& mismatch) {
    record.trouble = Trouble{.verdict = Verdict::fail, .text = mismatch.what()};
  } catch (const CannotRunHere& reason) {
    record.trouble = Trouble{.verdict = Verdict::skip, .text = reason.what()};
  } catch (const std::exception& error) {
    record.trouble = Trouble{.verdict = Verdict::error, .text = reason_of(error)};
  }
}

/// Leaves out what the run does not want to keep.
void trim(Record& record, EvidenceLevel level) {
  const bool is_wanted = level == EvidenceLevel::full ||
                         (level == EvidenceLevel::failed && record.verdict != Verdict::pass);
  if (is_wanted) return;
  record.evidence.reset();
  for (StepRecord& step : record.steps) step.table.reset();
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

Record run_cell(const Scenario& scenario, const CellPlace& place, const RunSettings& settings,
                CaptureSource* source) {
  Record record = blank_record(scenario, place.cell(), settings.isolation);
  if (place.relocation() != nullptr) record.relocation = *place.relocation();
  record.predicted = predicted_record(place.cell(), traits_of(kernel_version()));
  record.started = std::chrono::system_clock::now();
  const auto start = Clock::now();
  note_trouble(record, [&] {
    if (!place.refusal().empty()) throw CannotRunHere(place.refusal());
    if (settings.mutation) install_call_filter(*settings.mutation);
    CellRun run(place, settings, source, record);
    note_trouble(record, [&] { run.play(); });
    run.close();
  });
  record.duration = Clock::now() - start;
  judge(record);
  trim(record, settings.evidence);
  return record;
}

}  // namespace timewait
