#pragma once

#include <string>
#include <vector>

#include "harness/kernel/restrictions.h"
#include "harness/run/cell_needs.h"
#include "harness/run/isolation.h"

namespace timewait {

/// What whoever runs the machine can do so that a rung that was refused works; nothing where
/// nothing is known to help.
std::vector<std::string> advice_on(Isolation rung, const Restrictions& restrictions);

/// The same for an ability that is not there.
std::vector<std::string> advice_on(Ability ability, const Restrictions& restrictions);

}  // namespace timewait
