#include "harness/explore/exploration.h"

#include <map>

#include "harness/explore/sandboxed.h"

namespace timewait {
namespace {

/// Tallies of batches that end in any order, added up in the order in which they began.
class Sum {
 public:
  void add(std::size_t batch, Tally tally) {
    waiting_.emplace(batch, std::move(tally));
    while (const auto next = waiting_.extract(next_)) {
      tally_.add(next.mapped());
      ++next_;
    }
  }

  const Tally& tally() const { return tally_; }

  /// Those, too, that wait for one before them which will not come.
  Tally all() const {
    Tally all = tally_;
    for (const auto& [batch, tally] : waiting_) all.add(tally);
    return all;
  }

 private:
  std::map<std::size_t, Tally> waiting_;
  std::size_t next_ = 0;
  Tally tally_;
};

}  // namespace

Tally explore(const ScriptSource& source, const ExploreSettings& settings, const TallySink& sink) {
  const auto start = Clock::now();
  std::size_t begun = 0;
  Sum sum;
  const auto next = [&]() -> SandboxWork {
    const bool is_late = settings.time && Clock::now() - start >= *settings.time;
    const bool has_enough = sum.tally().disagreements >= settings.enough;
    if (is_late || has_enough || begun == source.batches()) return nullptr;
    return [&source, batch = begun++] { return to_json(play_batch(source, batch)); };
  };
  SandboxedWork(settings.isolation, settings.jobs, settings.stop)
      .run(next, [&](std::size_t batch, const std::string& result) {
        sum.add(batch, read_tally(result));
        if (sink) sink(sum.tally());
      });
  return sum.all();
}

bool sandbox_has_users(Isolation isolation) {
  return in_fresh_sandbox(isolation, [] {
           return std::string(KernelSide::has_users() ? "yes" : "no");
         }) == "yes";
}

}  // namespace timewait
