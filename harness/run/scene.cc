#include "harness/run/scene.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "harness/run/repeated_attempt.h"

namespace timewait {

Scene::Scene(const CellPlace& place, const RunSettings& run_settings, CaptureSource* source)
    : cell(place.cell()),
      settings(run_settings),
      evidence(source),
      stage(run_settings.step_patience, Deadline::after(cell_limit_of(cell, run_settings)),
            std::ranges::any_of(cell.actors,
                                [](const Actor& actor) { return actor.protocol == Protocol::udp; }),
            limits_of_cell(run_settings), evidence, place.relocation()) {}

std::string Scene::states_of_actor(const std::string& actor) const {
  return states_of(stage.entries_at(place_of(actor))).text();
}

void Scene::must(const std::function<bool()>& condition,
                 const std::function<std::string()>& complaint, Duration head_start) {
  const auto start = Clock::now();
  if (stage.wait_until(condition, head_start)) return;
  // A tenth of a second tells how patient we were; more digits tell how busy the machine was.
  const double waited = std::chrono::duration<double>(Clock::now() - start).count();
  throw Error(fmt::format("{} (waited {:g} s)", complaint(), std::round(waited * 10) / 10));
}

void type(StagedActor& actor, const std::string& text) {
  const std::string line = text + "\n";
  const int fd = actor.process.input().get();
  const ssize_t written = ::write(fd, line.data(), line.size());
  if (written < 0)
    throw Error(fmt::format("{} does not read its input: {}", actor.name, std::strerror(errno)));
  if (static_cast<std::size_t>(written) != line.size())
    throw Error(fmt::format("{} does not read its input: the pipe is full", actor.name));
}

void ask(Scene& scene, const Step& step) {
  StagedActor& peer = scene.stage.actor(step.actor);
  type(peer, fmt::format("{}", fmt::join(step.words, " ")));
  std::optional<std::string> answer;
  scene.must(
      [&] { return (answer = peer.output.take_line()) || peer.process.exit_state(); },
      [&] { return fmt::format("\"{}\" did not come back{}", step.text, hindrance_of(peer)); });
  scene.note = answer.value_or("the peer has ended");
  scene.stage.read_options_of(peer);
}

std::string last_words(const StagedActor& actor) {
  std::string errors = actor.errors.text();
  while (errors.ends_with('\n')) errors.pop_back();
  const auto& end = actor.process.exit_state();
  std::string how = end ? end->text() : "still running";
  if (!errors.empty()) how += fmt::format(" ({})", errors);
  const std::string limit = limit_reached_by(actor.process);
  return limit.empty() ? how : fmt::format("{}; {}", how, limit);
}

std::string hindrance_of(const StagedActor& actor) {
  if (actor.process.exit_state()) return ", it has ended: " + last_words(actor);
  if (actor.process.is_stopped())
    return ", it is stopped by " + signal_name(actor.process.stopped_by());
  return "";
}

}  // namespace timewait
