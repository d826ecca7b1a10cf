#include "harness/cli/print_results.h"

#include <fmt/format.h>
#include <unistd.h>

namespace timewait {

void print_results(const std::string& format, const RunResults& results) {
  find_exporter(format).write(results, text_style_of(STDOUT_FILENO),
                              [](std::string_view text) { fmt::print("{}", text); });
}

}  // namespace timewait
