#include "harness/run/peer_steps.h"

#include <fmt/format.h>

#include "harness/base/shortage.h"
#include "harness/net/errno_name.h"
#include "harness/scenario/learnt_address.h"

namespace timewait {
namespace {

constexpr std::string_view kOk = "ok ";
constexpr std::string_view kErrno = "errno ";

/// Between two calls that are made until one gives what it must.
constexpr Duration kPause = std::chrono::milliseconds(1);

/// What the peer's call gave, as a script writes it. Throws Error when none was made.
std::string result_of(const Scene& scene, const Step& step) {
  for (const std::string_view kind : {kOk, kErrno})
    if (scene.note.starts_with(kind)) return scene.note.substr(kind.size());
  throw Error(fmt::format("\"{}\" gave {}", step.text, scene.note));
}

void call_once(Scene& scene, const Step& step) {
  ask(scene, step);
  const std::string result = result_of(scene, step);
  if (step.result.empty() ? scene.note.starts_with(kOk) : result == step.result) return;
  const std::string message = fmt::format("\"{}\" gave {}", step.text, scene.note);
  const int error = find_errno(result).value_or(0);
  if (!step.result.empty() && !is_shortage(error)) throw Mismatch(message);
  throw Error(message + advice_for(is_shortage(error) ? error : 0));
}

void call_to_learn(Scene& scene, const Step& step) {
  call_once(scene, step);
  const auto address = Endpoint::parse(result_of(scene, step));
  if (!address) throw Error(fmt::format("\"{}\" gave {}, no address", step.text, scene.note));
  learn_address(scene.cell, step.name, *address);
}

void call_until(Scene& scene, const Step& step) {
  const Deadline deadline = Deadline::after(scene.settings.step_patience);
  int times = 0;
  do {
    ask(scene, step);
    ++times;
    if (result_of(scene, step) == step.result) return;
  } while (!deadline.expired() && scene.stage.pause(kPause));
  throw Mismatch(
      fmt::format("\"{}\" was made {} times and gave {} at last", step.text, times, scene.note));
}

}  // namespace

void play_call(Scene& scene, const Step& step) {
  if (step.verb == Verb::learns) return call_to_learn(scene, step);
  if (step.verb == Verb::calls_until) return call_until(scene, step);
  call_once(scene, step);
}

}  // namespace timewait
