#pragma once

#include <chrono>

#include "harness/report/ladder_lines.h"
#include "harness/report/text_style.h"

namespace timewait {

/// How wide the columns of a ladder diagram are, from left to right: time, states of the server,
/// the room between the lifelines, states of the client, and the steps.
struct LadderColumns {
  int time = 0;
  int server = 0;
  int inside = 0;
  int client = 0;
  int steps = 0;  ///< 0: the steps stand between the lifelines

  int margin(Lifeline line) const { return line == Lifeline::server ? server : client; }

  /// The column of the screen in which a lifeline is drawn, from 0.
  int position_of(Lifeline line) const;
};

/// The columns that fit `diagram` into the width of the style.
LadderColumns ladder_columns(const LadderDiagram& diagram, const TextStyle& style);

/// "12.34", milliseconds.
std::string time_text(std::chrono::nanoseconds at);

}  // namespace timewait
