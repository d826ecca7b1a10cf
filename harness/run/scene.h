#pragma once

#include <functional>
#include <string>

#include "harness/run/cell_place.h"
#include "harness/run/run_settings.h"
#include "harness/run/stage.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// A socket call gave what the script says it must not give: the cell fails.
class Mismatch : public Error {
 public:
  using Error::Error;
};

/// What the steps of one cell share while it is played.
struct Scene {
  /// The cell starts now. `source` is where segments come from, null when no evidence is wanted.
  Scene(const CellPlace& place, const RunSettings& run_settings, CaptureSource* source);

  Cell cell;  ///< as the scenario has it, with the addresses that were learnt since
  const RunSettings& settings;
  EvidenceCollector evidence;
  Stage stage;
  std::string note;  ///< what came of the step that is played, for the record

  const ActorPlace& place_of(const std::string& actor) const { return *cell.actor(actor).place; }

  /// The states of the actor's entries as of the last look, as a script writes them.
  std::string states_of_actor(const std::string& actor) const;

  /// Waits for `condition`; throws Error with `complaint()` when it does not come to hold in time.
  /// `head_start` as in Stage::wait_until().
  void must(const std::function<bool()>& condition, const std::function<std::string()>& complaint,
            Duration head_start = Duration::zero());
};

/// Writes a line to the standard input of an actor. Throws Error when it does not take it.
void type(StagedActor& actor, const std::string& text);

/// Has a peer make the call of `step` and waits for its answer, which becomes the note of the
/// scene: "ok 0", "errno EINVAL", "refused ...", or "the peer has ended".
void ask(Scene& scene, const Step& step);

/// How an actor ended and what it said on its standard error: "exit 22 (bind: Address already in
/// use)"; also the limit that it has reached, if that is why.
std::string last_words(const StagedActor& actor);

/// Why an actor that does not do what it should probably never will: ", it is stopped by SIGSTOP",
/// ", it has ended: exit 0". Empty when it seems to be well.
std::string hindrance_of(const StagedActor& actor);

}  // namespace timewait
