#include "harness/run/program_start.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/kernel/socket_options.h"

namespace timewait {
namespace {

/// No program is executed and has made its calls sooner.
constexpr Duration kHeadStart = std::chrono::microseconds(400);

constexpr const char* kOptionFlag = "--with";

/// The option set that a command line asks for, or else its program's own.
OptionSet asked_options(const std::vector<std::string>& command) {
  const std::string_view path = command.front();
  const OptionSet usual = find_document_program(path.substr(path.rfind('/') + 1)).options;
  const auto flag = std::ranges::find(command, kOptionFlag);
  if (flag == command.end() || flag + 1 == command.end()) return usual;
  return kOptionSets.find(*(flag + 1)).value_or(usual);
}

}  // namespace

std::vector<std::string> command_of(const Scene& scene, const Step& step) {
  std::vector<std::string> command = step.words;
  std::string& program = command.front();
  if (find_document_program(program).role != Role::foreign) {
    program = scene.settings.programs + "/" + program;
  } else {
    if (!scene.settings.runs_foreign)
      throw CannotRunHere(
          fmt::format("{} would run {}, which is no program of timewait: refused by --no-foreign",
                      step.actor, program));
    const auto path = find_program(program);
    if (!path) throw CannotRunHere(fmt::format("the program {} is not installed", program));
    program = *path;
  }
  return with_options(std::move(command), step.options);
}

std::vector<std::string> with_options(std::vector<std::string> command,
                                      std::optional<OptionSet> options) {
  if (!options) return command;
  const auto old = std::ranges::find(command, kOptionFlag);
  if (old != command.end()) command.erase(old, std::min(old + 2, command.end()));
  command.emplace_back(kOptionFlag);
  command.emplace_back(kOptionSets.name(*options));
  return command;
}

ProgramStart::ProgramStart(Scene& scene, const std::string& actor)
    : scene_(scene), plan_(scene.cell.actor(actor)) {
  for (const SocketEntry& entry : scene.stage.fresh_table()) known_.push_back(entry.cookie);
}

StagedActor& ProgramStart::start(std::vector<std::string> command) {
  StagedActor& actor = scene_.stage.start(plan_.name, std::move(command));
  const bool must_be_awaited =
      plan_.program.role != Role::scripted && plan_.program.role != Role::foreign;
  scene_.must([&] { return is_ready(actor) || actor.process.exit_state(); },
              [&] {
                return fmt::format("{} did not become ready: {}", plan_.name,
                                   what_is_missing(actor));
              },
              must_be_awaited ? kHeadStart : Duration::zero());
  const bool has_options = plan_.program.role == Role::listens || plan_.program.role == Role::binds;
  if (has_options && !actor.process.exit_state()) check_options(actor);
  return actor;
}

const SocketEntry* ProgramStart::look_for_listener() {
  scene_.stage.look();
  return new_listener();
}

const SocketEntry* ProgramStart::new_listener() const {
  const Table& table = scene_.stage.table();
  const auto found = std::ranges::find_if(table, [&](const SocketEntry& entry) {
    return entry.state == TcpState::listen && entry.local == plan_.place->endpoint && is_new(entry);
  });
  return found == table.end() ? nullptr : &*found;
}

bool ProgramStart::is_ready(StagedActor& actor) {
  switch (plan_.program.role) {
    case Role::listens:
      return holds_new_listener(actor);
    case Role::connects:
      return is_connected();
    case Role::binds:
      return actor.output.find(plan_.program.ready);
    case Role::scripted:
    case Role::foreign:
      return true;
  }
  return true;
}

bool ProgramStart::is_connected() {
  scene_.stage.look();
  const Table entries = scene_.stage.entries_at(*plan_.place);
  return std::ranges::any_of(entries, [&](const SocketEntry& entry) {
    return entry.state != TcpState::syn_sent && is_new(entry);
  });
}

bool ProgramStart::is_new(const SocketEntry& entry) const {
  return std::ranges::find(known_, entry.cookie) == known_.end();
}

std::string ProgramStart::what_is_missing(const StagedActor& actor) const {
  const std::string hindrance = hindrance_of(actor);
  if (!hindrance.empty()) return hindrance.substr(std::string_view(", ").size());
  const std::string other = other_listener(actor);
  if (plan_.program.role == Role::listens && !other.empty())
    return fmt::format("it listens at {}, not at {}", other, plan_.place->endpoint.text());
  if (plan_.program.role == Role::listens)
    return fmt::format("no new LISTEN of its own at {}, where the table holds {}",
                       plan_.place->endpoint.text(), scene_.states_of_actor(plan_.name));
  if (plan_.program.role == Role::connects)
    return fmt::format("no connection to {}", plan_.place->endpoint.text());
  return "it did not say so";
}

/// Where else the program listens; empty when it does not.
std::string ProgramStart::other_listener(const StagedActor& actor) const {
  for (const SocketEntry& entry : scene_.stage.table())
    if (entry.state == TcpState::listen && is_new(entry) && entry.local != plan_.place->endpoint &&
        look_at_socket(actor.process.pidfd(), entry.cookie).held == SocketLook::Held::yes)
      return entry.local.text();
  return "";
}

/// True when the new listener is this program's own. Somebody else's is no proof that it listens.
bool ProgramStart::holds_new_listener(const StagedActor& actor) {
  const SocketEntry* listener = look_for_listener();
  if (listener == nullptr) return false;
  return look_at_socket(actor.process.pidfd(), listener->cookie).held != SocketLook::Held::no;
}

void ProgramStart::check_options(const StagedActor& actor) {
  const OptionSet asked = asked_options(actor.command);
  bool is_seen = false;
  bool may_look = true;
  for (const SocketEntry& entry : scene_.stage.look()) {
    const bool could_be_its = entry.local.port() == plan_.place->endpoint.port() && is_new(entry);
    if (!could_be_its || entry.inode == 0) continue;
    const SocketLook look = look_at_socket(actor.process.pidfd(), entry.cookie);
    may_look = may_look && look.held != SocketLook::Held::unknown;
    if (look.held != SocketLook::Held::yes) continue;
    is_seen = true;
    if (look.options != asked)
      throw Error(fmt::format("{} was asked for {}{}{}", actor.name, kOptionSets.name(asked),
                              kHasOtherOptions, kOptionSets.name(look.options)));
  }
  if (is_seen)
    scene_.note = fmt::format("its socket has {}", kOptionSets.name(asked));
  else if (!may_look || !shows_bound_sockets())
    scene_.note = "the options of its sockets cannot be read here";
  else
    throw Error(fmt::format("{} says that its sockets are there, but it holds none", actor.name));
}

}  // namespace timewait
