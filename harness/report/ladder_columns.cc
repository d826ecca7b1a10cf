#include "harness/report/ladder_columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

/// The two lifelines and the blanks between the columns.
constexpr int kFixed = 5;
constexpr int kStepsGap = 2;
/// From here on the steps have a column of their own.
constexpr int kWide = 110;
constexpr int kNarrowestInside = 12;
constexpr int kNarrowestBesideSteps = 34;
constexpr int kWidestBesideSteps = 48;

int widest_state(const LadderDiagram& diagram, Lifeline line) {
  int width = 0;
  for (const LadderLine& one : diagram.lines)
    width = std::max(width, display_width(one.states.of(line)));
  return width;
}

}  // namespace

int LadderColumns::position_of(Lifeline line) const {
  const int left = time + 1 + server + 1;
  return line == Lifeline::server ? left : left + 1 + inside;
}

LadderColumns ladder_columns(const LadderDiagram& diagram, const TextStyle& style) {
  LadderColumns columns;
  for (const LadderLine& line : diagram.lines)
    columns.time = std::max(columns.time, display_width(time_text(line.at)));
  const int room = style.width - kFixed - columns.time;
  const int widest_margin = std::max(0, (room - kNarrowestInside) / 2);
  columns.server = std::min(widest_state(diagram, Lifeline::server), widest_margin);
  columns.client = std::min(widest_state(diagram, Lifeline::client), widest_margin);
  columns.inside = std::max(0, room - columns.server - columns.client);
  if (style.width < kWide) return columns;
  const int shared = columns.inside - kStepsGap;
  columns.inside = std::clamp(shared / 2, kNarrowestBesideSteps, kWidestBesideSteps);
  columns.steps = shared - columns.inside;
  return columns;
}

std::string time_text(std::chrono::nanoseconds at) {
  return fmt::format("{:.2f}", std::chrono::duration<double, std::milli>(at).count());
}

}  // namespace timewait
