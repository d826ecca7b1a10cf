#pragma once

#include <nlohmann/json.hpp>

#include "harness/page/text_pool.h"
#include "harness/report/ladder_lines.h"

namespace timewait {

/// A ladder diagram as the page has it; its texts go into `pool`.
nlohmann::ordered_json ladder_json(const LadderDiagram& diagram, TextPool& pool);

}  // namespace timewait
