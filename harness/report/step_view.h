#pragma once

#include <string>

#include "harness/report/text_style.h"
#include "harness/run/record.h"

namespace timewait {

/// What is about to happen: the step's number, its text and what it does, for a class that watches.
std::string step_announcement(const Cell& cell, std::size_t index, const TextStyle& style);

/// What came of a step, and the socket table after it, an entry a line.
std::string step_result(const StepRecord& step, const TextStyle& style);

}  // namespace timewait
