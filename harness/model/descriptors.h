#pragma once

#include "harness/model/world.h"

namespace timewait {

/// What the descriptor of a process is of: a place in World::sockets, or one of the words of
/// ModelProcess.
int place_at(const ModelProcess& process, int descriptor);

/// The descriptor that the process knows by the name, or that has that number. Throws CallError.
int descriptor_called(const ModelProcess& process, const std::string& name);

/// Throws CallError when the name is taken.
void check_new(const ModelProcess& process, const std::string& name);

/// Gives the process the lowest free descriptor for what is at `place`.
Answer keep(World& world, ModelProcess& process, const std::string& name, int place);

/// One descriptor less of what is at `place`; with the last it is closed. `may_linger` is false
/// when the process ends.
void release(World& world, int place, bool may_linger);

/// Closes everything that the process has open, in the order of the descriptors.
void end_process(World& world, int process);

/// A copy of the process, with the same sockets.
int fork_process(World& world, int process);

}  // namespace timewait
