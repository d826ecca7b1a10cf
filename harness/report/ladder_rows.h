#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/ladder_columns.h"

namespace timewait {

/// What a ladder diagram is drawn with.
struct LadderGlyphs {
  std::string_view process, kernel;                ///< lifelines
  std::string_view shaft, to_server, to_client;    ///< arrows
  std::string_view rule, gives;                    ///< steps, and what came of them
  std::string_view begins, ends, signal, goes_on;  ///< what becomes of processes
  std::string_view call, itself;                   ///< the attempt, and what does not cross
};

const LadderGlyphs& ladder_glyphs(const TextStyle& style);

/// One row of the screen: what stands in each column.
struct LadderRow {
  std::string time;
  ForBoth<std::string> states;
  ForBoth<std::string> marks;  ///< on the lifelines; painted
  std::string inside;          ///< as wide as its column; painted. Empty: blank
};

/// The rows of a ladder diagram: puts things into their columns, draws the lifelines, and lets the
/// steps that have a column of their own stand beside the rows that follow them.
class LadderRows {
 public:
  LadderRows(const LadderColumns& columns, const TextStyle& style)
      : columns_(columns), style_(style), glyphs_(ladder_glyphs(style)) {}

  /// How the lifelines go on from here.
  void live(const ForBoth<Life>& lives) { lives_ = lives; }

  void put(const LadderRow& row);

  /// Lets the parts of a step's text stand beside the next rows, after those that still wait.
  void put_beside(const std::string& time, const std::vector<std::string>& parts);

  /// Puts what still waits for a row beside it.
  void flush();

  std::string take() { return std::move(text_); }

 private:
  struct WaitingPart {
    std::string time;
    std::string text;
  };

  std::string lifeline(Lifeline line, const LadderRow& row) const;
  std::string margin(Lifeline line, const LadderRow& row) const;

  const LadderColumns columns_;
  const TextStyle& style_;
  const LadderGlyphs& glyphs_;
  ForBoth<Life> lives_;
  std::deque<WaitingPart> waiting_;
  std::string text_;
};

/// `text` cut to `width` columns; empty where not even an ellipsis has room.
std::string cut(std::string_view text, int width, const TextStyle& style);

/// `text` broken at blanks into parts of at most `width` columns, each after the first indented,
/// and cut where it has no blanks.
std::vector<std::string> parts_of(std::string_view text, int width, int indent,
                                  const TextStyle& style);

/// `glyph` so many times; nothing for a negative number.
std::string repeated(std::string_view glyph, int times);

}  // namespace timewait
