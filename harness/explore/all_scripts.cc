#include "harness/explore/all_scripts.h"

#include <algorithm>

namespace timewait {
namespace {

/// The moves that a batch adds to its beginnings, and how many beginnings it has. No script has
/// more than 60 continuations, so that a batch stays below what one network has room for.
constexpr std::size_t kMovesOfBatch = 2;
constexpr std::size_t kBeginningsOfBatch = 3;

/// Walks the tree of scripts.
class Walk {
 public:
  using Visit = std::function<void(const Script&, Draft&)>;

  Walk(const ModelSettings& model, Visit visit) : model_(model), visit_(std::move(visit)) {}

  /// Visits the ends below `script`, which is `moves` from its end.
  void below(const Script& script, std::size_t moves) const {
    Draft draft(model_);
    const bool goes_on = draft.make(script);
    if (!goes_on && draft.script().size() < script.size()) return;  // it waits for ever
    if (!goes_on || moves == 0) return visit_(script, draft);
    for (const Script& move : moves_of(draft)) {
      Script longer = script;
      longer.insert(longer.end(), move.begin(), move.end());
      below(longer, moves - 1);
    }
  }

 private:
  const ModelSettings& model_;
  Visit visit_;
};

}  // namespace

AllScripts::AllScripts(std::size_t depth, ModelSettings model)
    : depth_(depth), model_(std::move(model)), left_(std::min(depth, kMovesOfBatch)) {
  Walk(model_, [this](const Script& script, Draft&) {
    begun_.push_back(script);
  }).below({}, depth_ - left_);
}

std::size_t AllScripts::batches() const {
  return (begun_.size() + kBeginningsOfBatch - 1) / kBeginningsOfBatch;
}

void AllScripts::make(std::size_t batch, const Take& take) const {
  const std::size_t end = std::min(begun_.size(), (batch + 1) * kBeginningsOfBatch);
  const Walk walk(model_, [&](const Script&, Draft& draft) { take(draft.finish()); });
  for (std::size_t i = batch * kBeginningsOfBatch; i < end; ++i) walk.below(begun_[i], left_);
}

}  // namespace timewait
