#include "harness/model/modelled_stage.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/modelled_programs.h"

namespace timewait {
namespace {

constexpr std::string_view kHarness = "rebind";

/// How finely time passes while the model waits.
constexpr Duration kTick = std::chrono::milliseconds(10);

}  // namespace

SocketEntry shown(const ModelEntry& entry) {
  return {.protocol = entry.protocol,
          .state = entry.state,
          .local = entry.local,
          .remote = entry.remote,
          .unread = static_cast<std::uint32_t>(entry.unread),
          .uid = static_cast<std::uint32_t>(entry.uid),
          .inode = entry.is_held ? 1U : 0U,
          .cookie = static_cast<std::uint64_t>(entry.id)};
}

ModelledProcess& ModelledStage::start(const std::string& actor,
                                      const std::vector<std::string>& command,
                                      std::optional<OptionSet> options) {
  auto program = modelled_program(command, options);
  if (!program) throw NotModelled(fmt::format("the model does not know {}", command.front()));
  processes_.push_back({.actor = actor, .process = {kernel_, std::move(*program)}});
  return processes_.back().process;
}

ModelledProcess& ModelledStage::start_harness() {
  return start(std::string(kHarness), {"peer"}, std::nullopt);
}

ModelledStage::Staged& ModelledStage::newest(const std::string& name, bool is_child) {
  const auto found = std::find_if(
      processes_.rbegin(), processes_.rend(),
      [&](const Staged& staged) { return staged.actor == name && staged.is_child == is_child; });
  if (found == processes_.rend())
    throw ModelTrouble(
        fmt::format("{} has no {}process in the model", name, is_child ? "forked " : ""));
  return *found;
}

ModelledProcess& ModelledStage::actor(const std::string& name) {
  return newest(name, false).process;
}

ModelledProcess& ModelledStage::child_of(const std::string& name) {
  return newest(name, true).process;
}

void ModelledStage::signal_group(const std::string& name, int number) {
  for (Staged& staged : processes_)
    if (staged.actor == name) staged.process.signal(number);
}

bool ModelledStage::run_once() {
  bool did_anything = false;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    Staged& staged = processes_[i];
    did_anything |= staged.process.run();
    for (ModelledProgram& program : staged.process.take_children())
      processes_.push_back({.actor = staged.actor,
                            .process = ModelledProcess(staged.process, std::move(program)),
                            .is_child = true});
  }
  return did_anything;
}

void ModelledStage::settle() {
  while (run_once()) continue;
}

bool ModelledStage::wait_until(const std::function<bool()>& condition, Duration patience) {
  settle();
  for (Duration passed{0}; !condition(); passed += kTick) {
    if (passed >= patience) return false;
    kernel_.advance(kTick);
    settle();
  }
  return true;
}

std::vector<SocketEntry> ModelledStage::table() const {
  std::vector<SocketEntry> entries;
  for (const ModelEntry& entry : kernel_.table()) entries.push_back(shown(entry));
  return entries;
}

std::string ModelledStage::states_at(const ActorPlace& place) const {
  StateList states;
  for (const SocketEntry& entry : table())
    if (belongs(entry, place)) states.add(entry.state);
  return states.text();
}

}  // namespace timewait
