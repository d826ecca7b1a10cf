#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace timewait {

/// A character of UTF-8 text.
struct Character {
  std::string_view bytes;         ///< in the text from which it was taken
  std::optional<char32_t> value;  ///< nothing: a byte that is no UTF-8
};

/// Takes the first character off `text`, which must not be empty.
Character take_character(std::string_view& text);

/// `text` without control characters, which would break a line or its columns, or steer a terminal.
std::string in_one_line(std::string text);

/// `text` with U+FFFD for all that XML 1.0, YAML or a spreadsheet cannot hold: bytes that are no
/// UTF-8, control characters but newline and tab, line separators of Unicode, U+FFFE and U+FFFF.
std::string printable(std::string_view text);

/// The same, but colours stay: what may go to a terminal although a scenario or a program had a say
/// in it. It cannot move the cursor, change a title or answer for whoever types.
std::string terminal_text(std::string_view text);

}  // namespace timewait
