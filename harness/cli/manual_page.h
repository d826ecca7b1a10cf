#pragma once

#include <string>

#include "harness/cli/command_tree.h"

namespace timewait {

/// The manual page in man(7): what harness/cli/manual_page.man says by hand, with the options and
/// commands of `program` in their places. Its date is that of the release, so the same sources give
/// the same bytes.
std::string manual_page(const CommandNode& program);

}  // namespace timewait
