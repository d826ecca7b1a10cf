#include "harness/explore/script_player.h"

#include "harness/base/error.h"

namespace timewait {

std::vector<std::optional<Disagreement>> ScriptPlayer::play(
    std::span<const ModelledScript> scripts) {
  if (scripts.size() > room()) throw Error("there are more scripts than ports for them");
  std::vector<std::optional<Disagreement>> found;
  const std::size_t first = played_;
  for (const ModelledScript& script : scripts) {
    PlayedScript played(next_ports());
    found.push_back(compare_calls(script, played));
  }
  const auto left = kernel_.leftovers(played_);
  for (std::size_t i = 0; i < scripts.size(); ++i)
    if (!found[i]) found[i] = compare_leftovers(scripts[i], left[first + i]);
  return found;
}

std::optional<Disagreement> ScriptPlayer::play(const ModelledScript& script) {
  return play(std::span(&script, 1)).front();
}

ScriptPlayer::Story ScriptPlayer::tell(const Script& script) {
  Story story;
  const std::size_t number = played_;
  PlayedScript played(next_ports());
  for (const Call& call : script) {
    if (story.answers.size() + 1 == script.size()) story.table = kernel_.entries_of(number);
    story.answers.push_back(played.make(call));
  }
  return story;
}

}  // namespace timewait
