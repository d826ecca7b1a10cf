#pragma once

#include <string>
#include <string_view>

#include "harness/model/modelled_process.h"

namespace timewait {

// What the modelled programs are made of.

/// Bytes that a program asks recv() for when it takes what comes.
inline constexpr int kChunk = 1024;

/// The call that a text says, "bind s 127.0.0.1:12000". Throws CallError.
Call call_of(std::string_view text);

/// A call that must succeed, or the program ends.
Instruction must(const std::string& text);

/// Waits for a line or the end of the input.
Instruction read_line();

/// Does nothing until a signal ends the process.
Instruction wait_for_ever();

Instruction wait_for_end_of_input();

/// Receives until the other end has closed or was reset.
Instruction drain(const std::string& name);

/// Adds instructions to the end of a program.
void append(ModelledProgram& program, ModelledProgram more);

}  // namespace timewait
