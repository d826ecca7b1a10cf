#pragma once

#include <string>
#include <vector>

#include "harness/explore/rule_hunt.h"
#include "harness/report/text_style.h"

namespace timewait {

/// One rule and where it showed that it was missing.
std::string rule_hunt_text(const RuleHunt& hunt, const TextStyle& style);

/// How many were caught how; those that were not by name.
std::string rule_hunts_summary(const std::vector<RuleHunt>& hunts, const TextStyle& style);

}  // namespace timewait
