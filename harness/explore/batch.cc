#include "harness/explore/batch.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/explore/script_player.h"

namespace timewait {
namespace {

using nlohmann::json;

/// How many of the scripts that disagree are looked at more closely, in each batch and in all.
constexpr std::size_t kMostSuspects = 40;
constexpr std::size_t kMostFindings = 400;
/// How often those are played again.
constexpr int kRepeats = 3;

void append(std::vector<Finding>& all, const std::vector<Finding>& more) {
  const std::size_t room = kMostFindings - std::min(kMostFindings, all.size());
  all.insert(all.end(), more.begin(),
             more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size())));
}

class Batch {
 public:
  Batch(const ScriptSource& source, std::size_t batch) {
    source.make(batch, [this](ModelledScript&& script) { count(std::move(script)); });
  }

  Tally play() {
    const auto found = player_.play(scripts_);
    for (std::size_t i = 0; i < scripts_.size(); ++i)
      if (found[i]) suspect(std::move(scripts_[i]), *found[i]);
    repeat();
    return std::move(tally_);
  }

 private:
  void count(ModelledScript&& script) {
    ++tally_.scripts;
    tally_.calls += script.script.size();
    std::ranges::transform(tally_.decided, script.decided, tally_.decided.begin(), std::plus());
    scripts_.push_back(std::move(script));
  }

  void suspect(ModelledScript&& script, const Disagreement& disagreement) {
    if (suspects_.size() == kMostSuspects) {
      ++tally_.disagreements;
      return;
    }
    suspects_.push_back(std::move(script));
    first_seen_.push_back(disagreement);
  }

  void repeat() {
    if (suspects_.empty()) return;
    std::vector<bool> is_stable(suspects_.size(), true);
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
      const auto again = player_.play(suspects_);
      for (std::size_t i = 0; i < again.size(); ++i)
        if (again[i] != first_seen_[i]) is_stable[i] = false;
    }
    for (std::size_t i = 0; i < suspects_.size(); ++i) {
      ++(is_stable[i] ? tally_.disagreements : tally_.unstable);
      (is_stable[i] ? tally_.findings : tally_.wavering)
          .push_back({.script = suspects_[i].script, .disagreement = first_seen_[i]});
    }
  }

  ScriptPlayer player_;
  Tally tally_;
  std::vector<ModelledScript> scripts_;
  std::vector<ModelledScript> suspects_;
  std::vector<Disagreement> first_seen_;
};

json to_json(const std::vector<Finding>& findings) {
  json all = json::array();
  for (const Finding& finding : findings) all.push_back(to_json(finding));
  return all;
}

std::vector<Finding> findings_of(const json& all) {
  std::vector<Finding> findings;
  for (const json& one : all) findings.push_back(read_finding(one));
  return findings;
}

}  // namespace

void Tally::add(const Tally& other) {
  scripts += other.scripts;
  calls += other.calls;
  disagreements += other.disagreements;
  unstable += other.unstable;
  std::ranges::transform(decided, other.decided, decided.begin(), std::plus());
  append(findings, other.findings);
  append(wavering, other.wavering);
}

Tally play_batch(const ScriptSource& source, std::size_t batch) {
  return Batch(source, batch).play();
}

std::string to_json(const Tally& tally) {
  return json{{"scripts", tally.scripts},
              {"calls", tally.calls},
              {"disagreements", tally.disagreements},
              {"unstable", tally.unstable},
              {"decided", tally.decided},
              {"findings", to_json(tally.findings)},
              {"wavering", to_json(tally.wavering)}}
      .dump();
}

Tally read_tally(const std::string& text) {
  const json all = json::parse(text);
  return {.scripts = all.at("scripts"),
          .calls = all.at("calls"),
          .disagreements = all.at("disagreements"),
          .unstable = all.at("unstable"),
          .decided = all.at("decided").get<RuleCounts>(),
          .findings = findings_of(all.at("findings")),
          .wavering = findings_of(all.at("wavering"))};
}

}  // namespace timewait
