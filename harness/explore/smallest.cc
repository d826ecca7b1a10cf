#include "harness/explore/smallest.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/explore/sandboxed.h"
#include "harness/explore/shrink.h"

namespace timewait {
namespace {

using nlohmann::json;

constexpr int kConfirmations = 3;

/// In a sandbox: what a script shows.
std::optional<Finding> shown_by(ScriptPlayer& player, const Script& script,
                                const ModelSettings& settings) {
  const auto model = modelled(script, settings);
  if (!model || player.room() == 0) return std::nullopt;
  const auto disagreement = player.play(*model);
  if (!disagreement) return std::nullopt;
  Finding finding{.script = script, .disagreement = *disagreement};
  // What comes after the answer in question was never played.
  if (disagreement->subject == Subject::answer) finding.script.resize(disagreement->at + 1);
  return finding;
}

/// In a sandbox: the smallest script of the kind of `finding`.
std::string shrunk_inside(const Finding& finding, const ModelSettings& settings) {
  ScriptPlayer player;
  const std::string kind = kind_of(finding);
  const Script small = shrunk(finding.script, [&](const Script& script) {
    const auto shown = shown_by(player, script, settings);
    return shown && kind_of(*shown) == kind;
  });
  const auto shown = shown_by(player, small, settings);
  return to_json(shown && kind_of(*shown) == kind ? *shown : finding).dump();
}

/// In a sandbox: whether the script shows the same as ever.
std::string confirmed_inside(const Finding& finding, const ModelSettings& settings) {
  ScriptPlayer player;
  const auto shown = shown_by(player, finding.script, settings);
  return shown && shown->disagreement == finding.disagreement ? "yes" : "no";
}

json to_json(const Answer& answer) {
  return {answer.value, answer.error, answer.address ? answer.address->text() : ""};
}

Answer answer_of(const json& one) {
  return {.value = one[0], .error = one[1], .address = Endpoint::parse(one[2].get<std::string>())};
}

json to_json(const SocketEntry& entry) {
  return {kProtocols.name(entry.protocol), kTcpStates.name(entry.state), entry.local.text(),
          entry.remote.text()};
}

SocketEntry entry_of(const json& one) {
  return {.protocol = *kProtocols.find(one[0].get<std::string>()),
          .state = *kTcpStates.find(one[1].get<std::string>()),
          .local = *Endpoint::parse(one[2].get<std::string>()),
          .remote = *Endpoint::parse(one[3].get<std::string>())};
}

std::string told_inside(const Script& script) {
  const ScriptPlayer::Story story = ScriptPlayer().tell(script);
  json answers = json::array();
  for (const Answer& answer : story.answers) answers.push_back(to_json(answer));
  json table = json::array();
  for (const SocketEntry& entry : story.table) table.push_back(to_json(entry));
  return json{{"answers", answers}, {"table", table}}.dump();
}

ScriptPlayer::Story story_of(const std::string& text) {
  const json both = json::parse(text);
  ScriptPlayer::Story story;
  for (const json& answer : both.at("answers")) story.answers.push_back(answer_of(answer));
  for (const json& entry : both.at("table")) story.table.push_back(entry_of(entry));
  return story;
}

SmallFinding small_finding(const Finding& finding, const ModelSettings& settings,
                           Isolation isolation) {
  const auto inside = [&](const SandboxWork& work) { return in_fresh_sandbox(isolation, work); };
  SmallFinding small;
  small.finding =
      read_finding(json::parse(inside([&] { return shrunk_inside(finding, settings); })));
  for (int i = 0; i < kConfirmations; ++i)
    small.is_stable &= inside([&] { return confirmed_inside(small.finding, settings); }) == "yes";
  small.story = story_of(inside([&] { return told_inside(small.finding.script); }));
  return small;
}

}  // namespace

std::vector<SmallFinding> smallest(const std::vector<Finding>& findings, std::size_t most,
                                   const ModelSettings& settings, Isolation isolation) {
  std::map<std::string, SmallFinding> kinds;
  for (const Finding& finding : findings) {
    const auto [kind, is_new] =
        kinds.try_emplace(kind_of(finding), SmallFinding{.finding = finding});
    if (is_new) continue;
    ++kind->second.count;
    if (finding.script.size() < kind->second.finding.script.size()) kind->second.finding = finding;
  }
  std::vector<SmallFinding> all;
  for (const auto& [kind, one] : kinds) {
    if (all.size() == most) break;
    all.push_back(small_finding(one.finding, settings, isolation));
    all.back().count = one.count;
  }
  std::ranges::stable_sort(all, std::less());
  return all;
}

}  // namespace timewait
