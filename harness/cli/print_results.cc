#include "harness/cli/print_results.h"

#include <fmt/format.h>

namespace timewait {

void print_results(const std::string& format, const RunResults& results, const TextStyle& style) {
  find_exporter(format).write(results, style,
                              [](std::string_view text) { fmt::print("{}", text); });
}

}  // namespace timewait
