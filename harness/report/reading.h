#pragma once

#include <string>

#include "harness/report/text_style.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// A scenario read aloud: what it teaches, where it comes from, what it varies, and the script of
/// `cell` step by step with what each step does.
std::string read_aloud(const Scenario& scenario, const Cell& cell, const TextStyle& style);

}  // namespace timewait
