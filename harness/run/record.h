#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/net/socket_call.h"
#include "harness/run/prediction_record.h"
#include "harness/run/repetition.h"
#include "harness/run/timeline.h"
#include "harness/scenario/relocation.h"
#include "harness/scenario/scenario.h"

namespace timewait {

enum class Verdict {
  pass,          ///< the precondition was seen and the outcome is the expected one
  fail,          ///< the outcome differs
  inconclusive,  ///< the precondition was never seen, so the outcome proves nothing
  skip,          ///< cannot run here
  error,         ///< the harness or a fixture broke
};

inline constexpr auto kVerdicts = enum_table<Verdict>({
    {Verdict::pass, "pass"},
    {Verdict::fail, "fail"},
    {Verdict::inconclusive, "inconclusive"},
    {Verdict::skip, "skip"},
    {Verdict::error, "error"},
});

/// A step as it went. Times count from the cell's start.
struct StepRecord {
  std::string text;
  std::chrono::nanoseconds start{0};
  std::chrono::nanoseconds end{0};
  std::string note;  ///< what came of it, "exit 0", "errno ECONNRESET"; empty when nothing did
  std::optional<Table> table;  ///< the socket table after it; nothing when it is not kept
};

/// How much of what was seen a record keeps. The precondition and the attempt are always there.
enum class EvidenceLevel {
  none,    ///< nothing is captured, and looked only where a step needs it
  failed,  ///< everything for a cell that did not pass
  full,    ///< everything
};

inline constexpr auto kEvidenceLevels = enum_table<EvidenceLevel>({
    {EvidenceLevel::none, "none"},
    {EvidenceLevel::failed, "failed"},
    {EvidenceLevel::full, "full"},
});

/// Everything that was seen of a cell: the tables in its steps, and this.
struct Evidence {
  Timeline timeline;
  std::optional<CaptureCounts> capture;  ///< nothing where segments could not be captured
  std::string no_capture;                ///< then: why not
};

/// A precondition and what the table held for its actor at the last look before the attempt.
struct PreconditionRecord {
  std::string actor;
  std::string asked;
  std::string seen;

  bool holds() const { return asked == seen; }
};

/// A process that ran in the cell.
struct ActorRecord {
  std::string name;
  std::vector<std::string> command;
  std::string end;  ///< "exit 0", "killed by SIGINT"; "running" when it was still there at the end
  std::optional<ActorPlace> place;  ///< which entries of the table are its own, as the script tells
  std::string output;
  std::string errors;
};

/// Why a cell did not come to an outcome that could be judged.
struct Trouble {
  Verdict verdict = Verdict::error;  ///< error, skip, or fail when a call gave what it should not
  std::string text;
};

/// Everything one cell did and saw.
struct Record {
  std::string scenario;
  std::string theme;
  std::string title;
  Point point;
  Verdict verdict = Verdict::error;
  std::string reason;  ///< empty for pass
  std::optional<Outcome> outcome;
  Outcome expected;
  std::optional<Outcome> promised;            ///< by a document; the verdict does not depend on it
  std::optional<PredictionRecord> predicted;  ///< nothing where the model does not know the script
  std::vector<CallResult> attempt;
  std::string attempt_by;  ///< "rebind", or the program that was run
  std::vector<PreconditionRecord> preconditions;
  std::vector<ActorPlace> precondition_places;  ///< where the preconditions look
  ActorPlace attempt_place;                     ///< where the attempt binds
  std::optional<SocketCall> single_call;        ///< of an attempt that is one call of a peer
  bool attempt_ends_holder = false;  ///< the attempting process held entries that its end closes
  Table table_before;                ///< the look in which the preconditions were judged
  Table table_after;                 ///< the look right after the attempt, its sockets still open
  std::optional<Repetition> repetition;  ///< of an attempt that was made again and again
  std::vector<StepRecord> steps;
  std::vector<ActorRecord> actors;
  std::optional<Evidence> evidence;  ///< as the level of the run has it
  std::string capture_trouble;       ///< why segments are missing, also where evidence is not kept
  std::chrono::system_clock::time_point started;  ///< the cell's start
  std::optional<Trouble> trouble;
  std::string isolation;
  std::optional<Relocation> relocation;  ///< of a cell that had no network of its own
  std::chrono::nanoseconds duration{0};

  /// True for an entry on the port that the attempt binds, under whatever address.
  bool is_on_attempted_port(const SocketEntry& entry) const {
    return entry.protocol == attempt_place.protocol &&
           entry.local.port() == attempt_place.endpoint.port();
  }
};

/// Sets verdict and reason from what the record holds; nothing else decides them.
void judge(Record& record);

/// Judges a record that was kept: one whose verdict or reason is not what it holds is an error.
void judge_again(Record& record);

}  // namespace timewait
