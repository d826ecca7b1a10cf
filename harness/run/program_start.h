#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/scene.h"

namespace timewait {

/// What is said between the options that a program was asked for and those that its socket has.
inline constexpr std::string_view kHasOtherOptions = ", but its socket has ";

/// The command line for the program of a step: its path, its arguments, its option set. Throws
/// CannotRunHere for a foreign program that is not installed.
std::vector<std::string> command_of(const Scene& scene, const Step& step);

/// `command` with another option set, if one is given.
std::vector<std::string> with_options(std::vector<std::string> command,
                                      std::optional<OptionSet> options);

/// A program that was started and is watched until it listens, is connected or says that it is
/// ready, whatever its role calls for.
class ProgramStart {
 public:
  /// Remembers what the last look at the socket table showed, so that what is new can be told from
  /// it.
  ProgramStart(Scene& scene, const std::string& actor);

  /// Starts the command and waits until the program is ready or has ended. Throws Error when it
  /// does neither in time, or when the listener lacks the options that the command asks for:
  /// nothing could be concluded from such a program.
  StagedActor& start(std::vector<std::string> command);

  /// Looks for a listener at the actor's address that was not there before; null while there is
  /// none.
  const SocketEntry* look_for_listener();

 private:
  bool is_ready(StagedActor& actor);
  bool is_connected();
  const SocketEntry* new_listener() const;
  bool is_new(const SocketEntry& entry) const;
  bool holds_new_listener(const StagedActor& actor);
  std::string what_is_missing(const StagedActor& actor) const;
  std::string other_listener(const StagedActor& actor) const;
  void check_options(const StagedActor& actor);

  Scene& scene_;
  const Actor& plan_;
  std::vector<std::uint64_t> known_;  ///< cookies of the entries that were there before
};

}  // namespace timewait
