#pragma once

#include <exception>
#include <string>

namespace timewait {

/// True for errors that say that this process or the machine has no more of something: descriptors,
/// memory. A socket call that fails so tells nothing about ports.
bool is_shortage(int error);

/// What there is no more of and what to do, to be put behind the text of `error`: " (this process
/// may have 20 files open; raise `ulimit -n`)". Empty for an error that is no want of anything.
std::string advice_for(int error);

/// What went wrong, with the advice where there is one.
std::string reason_of(const std::exception& exception);

}  // namespace timewait
