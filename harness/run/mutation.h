#pragma once

#include "harness/kernel/call_filter.h"
#include "harness/run/record.h"

namespace timewait {

/// Which check noticed that the kernel does not do what it should.
enum class CaughtBy {
  outcome,       ///< the attempt gave something else
  call,          ///< a call of the script did
  options,       ///< the socket of a program does not have what the program was told to set
  precondition,  ///< what the kernel's table held was not what it had to be
  step,          ///< a step never came true, or a program ended unexpectedly
};

inline constexpr auto kCaughtBy = enum_table<CaughtBy>({
    {CaughtBy::outcome, "the outcome"},
    {CaughtBy::call, "a call of the script"},
    {CaughtBy::options, "the options of a socket"},
    {CaughtBy::precondition, "the socket table"},
    {CaughtBy::step, "a step that failed"},
});

/// The check that made `record` something else than a pass.
CaughtBy caught_by(const Record& record);

/// True when the script of `cell` makes the call, or sets the option, that `mutation` ignores. Only
/// such a cell can go another way than on the real kernel.
bool uses(const Cell& cell, KernelMutation mutation);

/// True when the script runs a program that is told to set the ignored option: its sockets are
/// asked for their options, so wherever the kernel allows that the cell must turn red.
bool must_turn_red(const Cell& cell, KernelMutation mutation);

}  // namespace timewait
