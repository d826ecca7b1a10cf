#pragma once

#include <string>
#include <string_view>

#include "harness/scenario/translation.h"
#include "harness/words/language.h"

namespace timewait {

/// What the place that text goes to can show, and in which language people read it.
struct TextStyle {
  bool colour = false;
  bool unicode = true;  ///< else plain ASCII marks
  int width = 80;       ///< columns
  Language language = Language::en;
  const Translation* translation = nullptr;  ///< of scenarios and claims; null: they stay English
};

/// The style for file descriptor `fd`. NO_COLOR, CLICOLOR_FORCE, TERM=dumb and COLUMNS are
/// honoured; what is not a terminal gets no colour and 100 columns. The language is English.
TextStyle text_style_of(int fd);

/// The translation of a style, which is empty where it has none.
const Translation& translation_of(const TextStyle& style);

enum class Colour { none, green, red, yellow, magenta, dim, bold };

/// `text` in a colour, or as it is when the style has none.
std::string paint(const TextStyle& style, Colour colour, std::string_view text);

/// How many columns a terminal uses for UTF-8 `text`: wide characters count two, combining ones
/// none.
int display_width(std::string_view text);

/// `text` filled up with blanks to `width` columns.
std::string padded(std::string_view text, int width);

/// `text` cut to `width` columns, with an ellipsis when something was cut.
std::string shortened(std::string_view text, int width, const TextStyle& style);

/// `text` broken into lines of at most `width` columns, each after the first indented: at blanks,
/// and beside wide characters, but never before punctuation that closes or behind such that opens.
std::string wrapped(std::string_view text, int width, int indent);

}  // namespace timewait
