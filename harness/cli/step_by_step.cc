#include "harness/cli/step_by_step.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "harness/report/characters.h"
#include "harness/report/step_view.h"

namespace timewait {
namespace {

/// Reads up to the next line feed, and no byte more: the next step waits for the next one.
void wait_for_enter() {
  if (::isatty(STDIN_FILENO) == 1) fmt::print("      [Enter] ");
  std::fflush(stdout);
  char byte = 0;
  while (::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') continue;
}

void announce(const Cell& cell, std::size_t index) {
  const TextStyle style = text_style_of(STDOUT_FILENO);
  if (index == 0) fmt::print("{}\n", paint(style, Colour::dim, cell_name(cell.point)));
  fmt::print("{}", terminal_text(step_announcement(cell, index, style)));
  wait_for_enter();
}

void show(const StepRecord& step) {
  fmt::print("{}\n", terminal_text(step_result(step, text_style_of(STDOUT_FILENO))));
  std::fflush(stdout);
}

}  // namespace

StepWatch step_by_step() { return {.before = announce, .after = show}; }

}  // namespace timewait
