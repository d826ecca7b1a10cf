#include "harness/report/ladder_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/report/characters.h"
#include "harness/report/event_words.h"
#include "harness/report/port_holders.h"
#include "harness/report/told_timeline.h"
#include "harness/run/evidence_collector.h"

namespace timewait {
namespace {

/// Who lives: the processes of each side, and what the last table showed of it.
class Lives {
 public:
  void take(const ProcessChanged& process, Lifeline line) {
    if (process.change == ProcessChange::started || process.change == ProcessChange::forked)
      processes_[process.pid] = line;
    if (process.change != ProcessChange::ended) return;
    processes_.erase(process.pid);
    // What it held it holds no more, though the last look was before that.
    if (!has_process(line)) held_.of(line) = false;
  }

  void take(const Table& table, const LadderSides& sides) {
    entries_ = {};
    held_ = {};
    for (const SocketEntry& entry : table) {
      entries_.of(sides.of(entry.local)) = true;
      if (entry.inode != 0) held_.of(sides.of(entry.local)) = true;
    }
  }

  ForBoth<Life> now() const {
    return {.server = of(Lifeline::server), .client = of(Lifeline::client)};
  }

 private:
  bool has_process(Lifeline line) const {
    return std::ranges::any_of(processes_, [&](const auto& one) { return one.second == line; });
  }

  Life of(Lifeline line) const {
    if (has_process(line) || held_.of(line)) return Life::process;
    return entries_.of(line) ? Life::kernel : Life::none;
  }

  std::map<int, Lifeline> processes_;
  ForBoth<bool> entries_;
  ForBoth<bool> held_;
};

/// Turns events into lines, one after the other.
class LineWriter {
 public:
  explicit LineWriter(const Record& record) : record_(record), sides_(record) {}

  void write(const Event& event) {
    at_ = event.at;
    std::visit([this](const auto& what) { take(what); }, event.what);
  }

  const LadderSides& sides() const { return sides_; }
  std::vector<LadderLine>& lines() { return lines_; }

 private:
  void add(LadderLine line) {
    line.at = at_;
    line.text = in_one_line(std::move(line.text));
    line.note = in_one_line(std::move(line.note));
    line.lives = lives_.now();
    lines_.push_back(std::move(line));
    last_pid_ = 0;
  }

  void take(const StepBegan& began) {
    if (began.index >= record_.steps.size()) return;
    const StepRecord& step = record_.steps[began.index];
    add({.kind = LadderLine::Kind::step, .text = step.text, .note = step.note});
  }

  void take(const SegmentArrived& arrived) {
    const Segment& segment = arrived.segment;
    LadderLine line{.kind = LadderLine::Kind::segment,
                    .text = segment_words(segment) + sides_.mark_of(segment),
                    .from = sides_.of(segment.from),
                    .to = sides_.of(segment.to),
                    .is_alarming = segment.has(TcpFlag::rst)};
    if (line.from == line.to) line.text += ", " + ends_words(segment);
    add(std::move(line));
  }

  /// A line has room for one change of each side.
  void take(const TableSeen& seen) {
    ForBoth<std::vector<std::string>> states;
    for (const TableChange& change : table_changes(table_, seen.table))
      states.of(sides_.of(change.entry().local))
          .push_back(state_words(change) + sides_.mark_of(change.entry()));
    table_ = seen.table;
    lives_.take(table_, sides_);
    for (std::size_t i = 0; i < std::max(states.server.size(), states.client.size()); ++i)
      add({.kind = LadderLine::Kind::states,
           .states = {.server = i < states.server.size() ? states.server[i] : "",
                      .client = i < states.client.size() ? states.client[i] : ""}});
  }

  void take(const ProcessChanged& process) {
    const Lifeline line = sides_.of_actor(process.actor);
    lives_.take(process, line);
    const std::string words = process_words(process);
    if (obeys(process)) {
      lines_.back().text += ", " + words;
      return;
    }
    add({.kind = LadderLine::Kind::process,
         .text = name_of(process) + words,
         .from = line,
         .change = process.change,
         .is_alarming = process.detail.find("SIGKILL") != std::string::npos});
    last_pid_ = process.pid;
  }

  void take(const CallMade& made) {
    add({.kind = LadderLine::Kind::call,
         .text = call_words(made.call),
         .is_alarming = !made.call.ok()});
  }

  /// True for what a process does right after the signal of the line before told it to.
  bool obeys(const ProcessChanged& process) const {
    return last_pid_ == process.pid && lines_.back().change == ProcessChange::signalled &&
           (process.change == ProcessChange::stopped || process.change == ProcessChange::continued);
  }

  /// "", "anna ", "child 7 ", "anna's child 7 ": as much as is needed to know who it is.
  std::string name_of(const ProcessChanged& process) {
    const bool is_named = sides_.has_several_actors(sides_.of_actor(process.actor));
    if (process.change == ProcessChange::forked) children_.insert(process.pid);
    if (!children_.contains(process.pid)) return is_named ? process.actor + " " : "";
    return fmt::format("{}child {} ", is_named ? process.actor + "'s " : "", process.pid);
  }

  const Record& record_;
  const LadderSides sides_;
  std::vector<LadderLine> lines_;
  Lives lives_;
  Table table_;
  std::set<int> children_;
  std::chrono::nanoseconds at_{0};
  int last_pid_ = 0;  ///< of the process on the last line, 0 when there is none
};

std::vector<std::string> warnings_of(const Record& record) {
  if (!record.evidence)
    return {"kept without its evidence: no segments, no processes; run with --evidence full"};
  const std::string missing = in_one_line(missing_segments(*record.evidence));
  return missing.empty() ? std::vector<std::string>{} : std::vector{missing};
}

std::string conclusion_of(const Record& record) {
  const std::string outcome = record.outcome ? record.outcome->text() : "";
  if (record.verdict == Verdict::pass) return outcome + ", as expected";
  std::string reason = in_one_line(record.reason);
  if (outcome.empty() || reason.find(outcome) != std::string::npos) return reason;
  return reason + "; the attempt gave " + outcome;
}

std::string name_of(const Record& record) {
  return record.point.empty() ? record.scenario : record.scenario + "/" + cell_name(record.point);
}

/// Something is drawn at the client's lifeline.
bool has_client(const std::vector<LadderLine>& lines) {
  return std::ranges::any_of(lines, [](const LadderLine& line) {
    return line.lives.client != Life::none || line.from == Lifeline::client ||
           line.to == Lifeline::client || !line.states.client.empty();
  });
}

}  // namespace

LadderDiagram ladder_diagram(const Record& record) {
  LineWriter writer(record);
  for (const Event& event : told_timeline(record)) writer.write(event);
  const std::string client = writer.sides().title(Lifeline::client);
  const bool is_nameless = client.empty() && has_client(writer.lines());
  return {.name = in_one_line(name_of(record)),
          .title = in_one_line(record.title),
          .warnings = warnings_of(record),
          .titles = {.server = writer.sides().title(Lifeline::server),
                     .client = is_nameless ? "other end" : client},
          .lines = std::move(writer.lines()),
          .verdict = record.verdict,
          .conclusion = conclusion_of(record),
          .holders = port_holders(record)};
}

}  // namespace timewait
