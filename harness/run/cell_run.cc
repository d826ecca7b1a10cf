#include "harness/run/cell_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "harness/base/error.h"
#include "harness/kernel/loopback.h"
#include "harness/kernel/socket_options.h"
#include "harness/kernel/sysctl.h"
#include "harness/net/errno_name.h"
#include "harness/run/attempt.h"
#include "harness/run/program_outcome.h"
#include "harness/run/stage.h"

namespace timewait {
namespace {

/// A socket call gave what the script says it must not give.
class Mismatch : public Error {
 public:
  using Error::Error;
};

std::vector<std::uint64_t> cookies(const Table& entries) {
  std::vector<std::uint64_t> all;
  for (const SocketEntry& entry : entries) all.push_back(entry.cookie);
  return all;
}

/// The newest of `entries` in `state` that is not among the `known` cookies.
const SocketEntry* find_new(const Table& entries, const std::vector<std::uint64_t>& known,
                            TcpState state) {
  const auto found = std::ranges::find_if(entries, [&](const SocketEntry& entry) {
    return entry.state == state && std::ranges::find(known, entry.cookie) == known.end();
  });
  return found == entries.end() ? nullptr : &*found;
}

class CellRun {
 public:
  CellRun(const Cell& cell, const RunSettings& settings, Record& record)
      : cell_(cell),
        settings_(settings),
        record_(record),
        stage_(settings.step_patience, std::ranges::any_of(cell.actors, &Actor::udp)) {}

  void play() {
    for (std::size_t i = 0; i < cell_.steps.size(); ++i) {
      const Step& step = cell_.steps[i];
      if (is_attempt(step.verb)) check_preconditions(i);
      if (step.verb != Verb::precondition) play(step);
    }
    for (const StagedActor& actor : stage_.actors()) check_end(actor);
  }

  void describe_actors() const {
    for (const StagedActor& actor : stage_.actors()) {
      const auto& end = actor.process.exit_state();
      record_.actors.push_back({.name = actor.name,
                                .command = actor.command,
                                .end = end ? end->text() : "running",
                                .output = actor.output.text(),
                                .errors = actor.errors.text()});
    }
  }

 private:
  void play(const Step& step) {
    StepRecord& done = record_.steps.emplace_back();
    done.text = step.text;
    done.start = Clock::now() - start_;
    note_.clear();
    try {
      act(step);
    } catch (const Error&) {
      finish(done);
      throw;
    }
    finish(done);
  }

  void finish(StepRecord& done) {
    done.end = Clock::now() - start_;
    done.note = note_;
    done.table = stage_.look();
  }

  void act(const Step& step) {
    switch (step.verb) {
      case Verb::runs: return runs(step);
      case Verb::types: return type(stage_.actor(step.actor), step.phrase);
      case Verb::ends_input: return stage_.actor(step.actor).process.input().reset();
      case Verb::calls: return calls(step);
      case Verb::accepts: return accepts(step);
      case Verb::has_unread: return has_unread(step);
      case Verb::prints: return prints(step);
      case Verb::gets: return gets(step);
      case Verb::group_gets: return stage_.actor(step.actor).process.signal_group(step.number);
      case Verb::exits:
      case Verb::dies_of: return ends(step);
      case Verb::fails_with: return fails(step);
      case Verb::await: return await(step);
      case Verb::loopback: return set_loopback(step.number == 1);
      case Verb::sysctl: return write_sysctl(step.words.front(), step.phrase);
      case Verb::rebind: return rebind(step);
      case Verb::restarts: return restarts(step);
      case Verb::tries: return tries(step);
      case Verb::executes_itself: return executes_itself(step);
      case Verb::listens_on:
      case Verb::connects_to:
      case Verb::stays:
      case Verb::precondition: return;
    }
  }

  const ActorPlace& place_of(const std::string& actor) const { return *cell_.actor(actor).place; }

  std::string states_now(const std::string& actor) const {
    return states_of(stage_.entries_at(place_of(actor))).text();
  }

  /// Waits for `condition`; when it never holds, the step has failed.
  void must(const std::function<bool()>& condition, const std::function<std::string()>& complaint) {
    if (stage_.wait_until(condition)) return;
    const auto seconds = std::chrono::duration<double>(settings_.step_patience).count();
    throw Error(fmt::format("{} (waited {:.3g} s)", complaint(), seconds));
  }

  // Programs

  std::vector<std::string> command_of(const Step& step) const {
    std::vector<std::string> command = step.words;
    const bool ours = find_document_program(command.front()).role != Role::foreign;
    if (ours) {
      command.front() = settings_.programs + "/" + command.front();
    } else if (const auto path = find_program(command.front())) {
      command.front() = *path;
    } else {
      throw CannotRunHere(fmt::format("the program {} is not installed", command.front()));
    }
    return with_options(std::move(command), step.options);
  }

  /// The command with its option set, replacing one that it has.
  static std::vector<std::string> with_options(std::vector<std::string> command,
                                               std::optional<OptionSet> options) {
    if (!options) return command;
    const auto old = std::ranges::find(command, "--with");
    if (old != command.end()) command.erase(old, std::min(old + 2, command.end()));
    command.emplace_back("--with");
    command.emplace_back(kOptionSets.name(*options));
    return command;
  }

  void runs(const Step& step) {
    const auto known = cookies(stage_.look());
    StagedActor& actor = stage_.start(step.actor, command_of(step));
    const Actor& plan = cell_.actor(step.actor);
    const bool must_stay = plan.role == Role::listens || plan.role == Role::binds;
    must([&] { return is_ready(actor, plan, known) || actor.process.exit_state(); },
         [&] { return fmt::format("{} did not become ready: {}", step.actor, lacking(plan)); });
    if (must_stay && actor.process.exit_state())
      throw Error(fmt::format("{} ended before it was ready: {}", step.actor, last_words(actor)));
    check_options(actor, plan, known);
  }

  static std::string last_words(const StagedActor& actor) {
    std::string errors = actor.errors.text();
    while (errors.ends_with('\n')) errors.pop_back();
    const std::string end = actor.process.exit_state()->text();
    return errors.empty() ? end : fmt::format("{} ({})", end, errors);
  }

  std::string lacking(const Actor& plan) const {
    if (plan.role == Role::listens)
      return fmt::format("no new LISTEN at {}, the table holds {}", plan.place->endpoint.text(),
                         states_now(plan.name));
    if (plan.role == Role::connects)
      return fmt::format("no connection to {}", plan.place->endpoint.text());
    return "it did not say so";
  }

  bool is_ready(StagedActor& actor, const Actor& plan, const std::vector<std::uint64_t>& known) {
    switch (plan.role) {
      case Role::listens: return new_listener(plan, known) != nullptr;
      case Role::connects: return is_connected(plan, known);
      case Role::binds: return actor.output.find("both are ");
      case Role::scripted:
      case Role::foreign: return true;
    }
    return true;
  }

  const SocketEntry* new_listener(const Actor& plan, const std::vector<std::uint64_t>& known) {
    const SocketEntry* listener = find_new(stage_.look(), known, TcpState::listen);
    return listener != nullptr && listener->local == plan.place->endpoint ? listener : nullptr;
  }

  bool is_connected(const Actor& plan, const std::vector<std::uint64_t>& known) {
    stage_.look();
    const Table entries = stage_.entries_at(*plan.place);
    return std::ranges::any_of(entries, [&](const SocketEntry& entry) {
      return entry.state != TcpState::syn_sent &&
             std::ranges::find(known, entry.cookie) == known.end();
    });
  }

  /// A program that does not set the options it was asked for makes every result meaningless.
  void check_options(const StagedActor& actor, const Actor& plan,
                     const std::vector<std::uint64_t>& known) {
    if (plan.role != Role::listens) return;
    const SocketEntry* listener = new_listener(plan, known);
    if (listener == nullptr) return;
    const auto really = options_of(actor.process.pidfd(), listener->cookie);
    const OptionSet asked = asked_options(actor.command);
    if (really && *really != asked)
      throw Error(fmt::format("{} was asked for {}, but its listener has {}", actor.name,
                              kOptionSets.name(asked), kOptionSets.name(*really)));
    note_ = really ? fmt::format("its listener has {}", kOptionSets.name(*really))
                   : "the options of its listener cannot be read here";
  }

  static OptionSet asked_options(const std::vector<std::string>& command) {
    const std::string_view path = command.front();
    const DocumentProgram program =
        find_document_program(path.substr(path.rfind('/') + 1));
    const auto with = std::ranges::find(command, "--with");
    if (with == command.end() || with + 1 == command.end()) return program.options;
    return kOptionSets.find(*(with + 1)).value_or(program.options);
  }

  static void type(StagedActor& actor, const std::string& text) {
    const std::string line = text + "\n";
    const int fd = actor.process.input().get();
    if (::write(fd, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
      throw Error(fmt::format("{} does not read its input: {}", actor.name, std::strerror(errno)));
  }

  void calls(const Step& step) {
    StagedActor& peer = stage_.actor(step.actor);
    type(peer, fmt::format("{}", fmt::join(step.words, " ")));
    std::optional<std::string> answer;
    must([&] { return (answer = peer.output.take_line()) || peer.process.exit_state(); },
         [&] { return fmt::format("{} did not come back from \"{}\"", step.actor, step.text); });
    note_ = answer.value_or(fmt::format("{} has ended", step.actor));
    if (note_.starts_with("ok ") && !step.error) return;
    if (step.error && note_ == "errno " + errno_name(*step.error)) return;
    if (note_.starts_with("ok ") || (step.error && note_.starts_with("errno ")))
      throw Mismatch(fmt::format("\"{}\" gave {}", step.text, note_));
    throw Error(fmt::format("\"{}\": {}", step.text, note_));
  }

  // States

  void await(const Step& step) {
    must([&] { return stage_.look(), states_now(step.actor) == step.states.text(); },
         [&] {
           return fmt::format("{} did not become {}, the table holds {}", step.actor,
                              step.states.text(), states_now(step.actor));
         });
  }

  void accepts(const Step& step) {
    const ActorPlace& place = place_of(step.actor);
    must([&] { return stage_.look(), all_accepted(place); },
         [&] {
           return fmt::format("{} did not accept its connections, the table holds {}", step.actor,
                              states_now(step.actor));
         });
  }

  /// True when each connection that a client believes in has a socket that a process of the server
  /// holds, and there is one. A connection in the accept queue has no inode yet.
  bool all_accepted(const ActorPlace& place) const {
    const Table server = stage_.entries_at(place);
    const Table clients = stage_.entries_at(
        {.side = ActorPlace::Side::remote, .endpoint = place.endpoint});
    return !clients.empty() && std::ranges::all_of(clients, [&](const SocketEntry& client) {
      return std::ranges::any_of(server, [&](const SocketEntry& entry) {
        return entry.remote == client.local && entry.local == client.remote && entry.inode != 0;
      });
    });
  }

  void has_unread(const Step& step) {
    const ActorPlace& place = place_of(step.actor);
    const auto wanted = static_cast<std::uint32_t>(step.number);
    must([&] {
           stage_.look();
           return std::ranges::any_of(stage_.entries_at(place), [&](const SocketEntry& entry) {
             return entry.state != TcpState::listen && entry.unread == wanted;
           });
         },
         [&] {
           return fmt::format("no connection of {} had {} unread bytes", step.actor, wanted);
         });
  }

  void prints(const Step& step) {
    StagedActor& actor = stage_.actor(step.actor);
    must([&] { return actor.output.find(step.phrase); },
         [&] { return fmt::format("{} did not print \"{}\"", step.actor, step.phrase); });
  }

  // Ends

  void gets(const Step& step) {
    ChildProcess& process = stage_.actor(step.actor).process;
    process.signal(step.number);
    if (step.number != SIGSTOP && step.number != SIGCONT) return;
    must([&] { return process.is_stopped() == (step.number == SIGSTOP) || process.exit_state(); },
         [&] { return fmt::format("{} did not obey {}", step.actor, signal_name(step.number)); });
  }

  const ExitState& wait_for_end(StagedActor& actor) {
    must([&] { return actor.process.exit_state().has_value(); },
         [&] { return fmt::format("{} did not end", actor.name); });
    actor.end_expected = true;
    note_ = actor.process.exit_state()->text();
    return *actor.process.exit_state();
  }

  void ends(const Step& step) {
    StagedActor& actor = stage_.actor(step.actor);
    const auto how = step.verb == Verb::exits ? ExitState::How::exited : ExitState::How::killed;
    const ExitState expected{.how = how, .number = step.number};
    if (wait_for_end(actor) != expected)
      throw Error(fmt::format("{} ended otherwise than the script says: {} instead of {}",
                              step.actor, last_words(actor), expected.text()));
  }

  void fails(const Step& step) {
    StagedActor& actor = stage_.actor(step.actor);
    const auto failure = failed_call(wait_for_end(actor), actor.errors.text());
    if (!failure) throw Error(fmt::format("{} ended with {}", step.actor, last_words(actor)));
    note_ = failure->text();
    if (*failure != step.failure)
      throw Mismatch(fmt::format("{} failed with {} instead of {}", step.actor, failure->text(),
                                 step.failure.text()));
  }

  /// An actor that failed although no step has said so makes the cell an error.
  static void check_end(const StagedActor& actor) {
    const auto& end = actor.process.exit_state();
    if (end && !actor.end_expected && !end->is_success())
      throw Error(fmt::format("{} ended and no step says so: {}", actor.name, last_words(actor)));
  }

  // The attempt

  /// Looks until all preconditions before step `attempt` hold in one and the same look.
  void check_preconditions(std::size_t attempt) {
    std::size_t first = attempt;
    while (first > 0 && cell_.steps[first - 1].verb == Verb::precondition) --first;
    const auto all_hold = [&] {
      stage_.look();
      record_.preconditions.clear();
      for (std::size_t i = first; i < attempt; ++i) {
        const Step& step = cell_.steps[i];
        if (step.states.contains(TcpState::bound) && !shows_bound_sockets())
          throw CannotRunHere("this kernel does not show bound sockets: that needs Linux 6.8");
        record_.preconditions.push_back({.actor = step.actor,
                                         .asked = step.states.text(),
                                         .seen = states_now(step.actor)});
      }
      return std::ranges::all_of(record_.preconditions, &PreconditionRecord::holds);
    };
    stage_.wait_until(all_hold);
    record_.table_before = stage_.table();
  }

  void rebind(const Step& step) {
    const bool udp = std::ranges::any_of(cell_.actors, &Actor::udp);
    const Endpoint endpoint = step.endpoint ? *step.endpoint : place_of("server").endpoint;
    const Attempt attempt(endpoint, step.options.value_or(OptionSet::plain), udp);
    record_.table_after = stage_.look();
    record_.attempt_by = "rebind";
    record_.attempt = attempt.calls();
    conclude(attempt.outcome());
  }

  void restarts(const Step& step) {
    StagedActor& before = stage_.actor(step.actor);
    attempt_with(step.actor, with_options(before.command, step.options));
  }

  void tries(const Step& step) { attempt_with(step.actor, command_of(step)); }

  void attempt_with(const std::string& name, std::vector<std::string> command) {
    const auto known = cookies(stage_.table());
    StagedActor& actor = stage_.start(name, std::move(command));
    actor.end_expected = true;
    const Actor& plan = cell_.actor(name);
    record_.attempt_by = fmt::format("{}", fmt::join(actor.command, " "));
    must([&] { return is_ready(actor, plan, known) || actor.process.exit_state(); },
         [&] { return fmt::format("{} neither became ready nor ended", name); });
    record_.table_after = stage_.look();
    if (actor.process.exit_state())
      return conclude(outcome_of(*actor.process.exit_state(), actor.errors.text()));
    check_options(actor, plan, known);
    conclude(Outcome::bound());
  }

  void executes_itself(const Step& step) {
    StagedActor& actor = stage_.actor(step.actor);
    const Actor& plan = cell_.actor(step.actor);
    const auto known = cookies(stage_.table());
    record_.attempt_by = fmt::format("{}, executed by its child", fmt::join(actor.command, " "));
    type(actor, "go on");
    const SocketEntry* listener = nullptr;
    must([&] {
           listener = new_listener(plan, known);
           return listener != nullptr || !actor.process.orphans().empty();
         },
         [&] { return fmt::format("the child of {} neither listened nor ended", step.actor); });
    record_.table_after = stage_.table();
    if (listener != nullptr) return conclude(Outcome::bound());
    conclude(outcome_of(actor.process.orphans().front(), actor.errors.text()));
  }

  static Outcome outcome_of(const ExitState& end, const std::string& errors) {
    const auto failure = failed_call(end, errors);
    if (!failure)
      throw Error(fmt::format("the attempt ended with {} and names no failed call: {}", end.text(),
                              errors));
    return *failure;
  }

  void conclude(const Outcome& outcome) {
    record_.outcome = outcome;
    note_ = outcome.text();
    if (!record_.attempt.empty()) return;
    // Of a program's calls only the one that failed, or the last one, can be known from outside.
    const SocketCall call = outcome.is_bound() ? SocketCall::listen : outcome.call;
    record_.attempt.push_back({.call = call,
                               .arguments = "",
                               .value = outcome.is_bound() ? 0 : -1,
                               .error = outcome.error});
  }

  const Cell& cell_;
  const RunSettings& settings_;
  Record& record_;
  const Clock::time_point start_ = Clock::now();
  Stage stage_;
  std::string note_;
};

}  // namespace

Record run_cell(const Scenario& scenario, const Cell& cell, const RunSettings& settings) {
  const auto start = Clock::now();
  Record record{.scenario = scenario.name,
                .theme = scenario.theme,
                .title = scenario.title,
                .point = cell.point,
                .expected = cell.expected};
  record.isolation = kIsolations.name(settings.isolation);
  try {
    CellRun run(cell, settings, record);
    try {
      run.play();
    } catch (const Mismatch& mismatch) {
      record.trouble = Trouble{.verdict = Verdict::fail, .text = mismatch.what()};
    } catch (const CannotRunHere& reason) {
      record.trouble = Trouble{.verdict = Verdict::skip, .text = reason.what()};
    } catch (const std::exception& error) {
      record.trouble = Trouble{.verdict = Verdict::error, .text = error.what()};
    }
    run.describe_actors();
  } catch (const CannotRunHere& reason) {
    record.trouble = Trouble{.verdict = Verdict::skip, .text = reason.what()};
  } catch (const std::exception& error) {
    record.trouble = Trouble{.verdict = Verdict::error, .text = error.what()};
  }
  record.duration = Clock::now() - start;
  judge(record);
  return record;
}

}  // namespace timewait
