#pragma once

#include "harness/kernel/call_filter.h"
#include "harness/model/kernel_traits.h"
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

/// What a broken kernel does to a cell, from its script alone.
struct MutationEffect {
  bool may_show = false;   ///< some state, answer or option differs
  bool must_show = false;  ///< and is looked at, so that the cell must turn red
};

/// The effect as the model of a kernel that is broken like this has it. A program that is told to
/// set the ignored option is noticed as well, where `sees_options`: the kernel lets us read the
/// options of other processes' sockets.
MutationEffect effect_of(KernelMutation mutation, const Cell& cell, KernelTraits traits,
                         bool sees_options);

}  // namespace timewait
