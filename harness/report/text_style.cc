#include "harness/report/text_style.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "harness/report/characters.h"

namespace timewait {
namespace {

constexpr int kPipeWidth = 100;
constexpr int kNarrowest = 40;
constexpr int kWidest = 1000;  // whatever the environment says

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' && std::strcmp(value, "0") != 0;
}

bool wants_colour(bool is_terminal) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  if (is_set("CLICOLOR_FORCE")) return true;
  const char* terminal = std::getenv("TERM");
  return is_terminal && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

int terminal_width(int fd) {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr && std::atoi(columns) > 0)
    return std::atoi(columns);
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kPipeWidth;
}

std::string_view escape_of(Colour colour) {
  switch (colour) {
    case Colour::none:
      return "";
    case Colour::green:
      return "\033[32m";
    case Colour::red:
      return "\033[1;31m";
    case Colour::yellow:
      return "\033[33m";
    case Colour::magenta:
      return "\033[1;35m";
    case Colour::dim:
      return "\033[2m";
    case Colour::bold:
      return "\033[1m";
  }
  return "";
}

/// The columns that a character takes; a byte that is no UTF-8 counts as one.
int width_of(const Character& character) {
  if (!character.value) return 1;
  return utf8proc_charwidth(static_cast<utf8proc_int32_t>(*character.value));
}

utf8proc_category_t category_of(const Character& character) {
  if (!character.value) return UTF8PROC_CATEGORY_CN;
  return utf8proc_category(static_cast<utf8proc_int32_t>(*character.value));
}

/// Brackets and quotation marks that belong to what follows.
bool opens(const Character& character) {
  const auto category = category_of(character);
  return category == UTF8PROC_CATEGORY_PS || category == UTF8PROC_CATEGORY_PI;
}

/// Punctuation that belongs to what precedes it, and marks that stand upon it.
bool closes(const Character& character) {
  const auto category = category_of(character);
  return category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF ||
         category == UTF8PROC_CATEGORY_PO || category == UTF8PROC_CATEGORY_PD ||
         width_of(character) == 0;
}

/// True where a line may end between two characters that are not blanks.
bool may_part(const Character& before, const Character& after) {
  const bool is_wide = width_of(before) > 1 || width_of(after) > 1;
  return is_wide && !opens(before) && !closes(after);
}

/// Takes off what must stay together at the front of `text`: nothing when it begins with a blank.
std::string_view take_piece(std::string_view& text) {
  const std::string_view whole = text;
  std::optional<Character> before;
  while (!text.empty() && text.front() != ' ') {
    std::string_view rest = text;
    const Character character = take_character(rest);
    if (before && may_part(*before, character)) break;
    before = character;
    text = rest;
  }
  return whole.substr(0, whole.size() - text.size());
}

bool take_blank(std::string_view& text) {
  const bool is_blank = text.starts_with(' ');
  if (is_blank) text.remove_prefix(1);
  return is_blank;
}

}  // namespace

TextStyle text_style_of(int fd) {
  const bool is_terminal = ::isatty(fd) == 1;
  return {.colour = wants_colour(is_terminal),
          .unicode = std::strcmp(::nl_langinfo(CODESET), "UTF-8") == 0,
          .width = std::clamp(terminal_width(fd), kNarrowest, kWidest)};
}

const Translation& translation_of(const TextStyle& style) {
  static const Translation kNone;
  return style.translation != nullptr ? *style.translation : kNone;
}

std::string paint(const TextStyle& style, Colour colour, std::string_view text) {
  if (!style.colour || colour == Colour::none) return std::string(text);
  return std::string(escape_of(colour)).append(text).append("\033[0m");
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) width += width_of(take_character(text));
  return width;
}

std::string padded(std::string_view text, int width) {
  std::string result(text);
  return result.append(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
}

std::string shortened(std::string_view text, int width, const TextStyle& style) {
  if (display_width(text) <= width) return std::string(text);
  const std::string_view ellipsis = style.unicode ? "…" : "...";
  int left = width - display_width(ellipsis);
  std::string result;
  while (!text.empty()) {
    const Character character = take_character(text);
    left -= width_of(character);
    if (left < 0) break;
    result += character.bytes;
  }
  return result.append(ellipsis);
}

std::string wrapped(std::string_view text, int width, int indent) {
  std::string result;
  int column = 0;
  bool is_after_blank = false;
  while (!text.empty()) {
    const std::string_view piece = take_piece(text);
    const int piece_width = display_width(piece);
    if (column > 0 && column + (is_after_blank ? 1 : 0) + piece_width > width) {
      result.append("\n").append(static_cast<std::size_t>(indent), ' ');
      column = indent;
    } else if (column > 0 && is_after_blank) {
      result += ' ';
      ++column;
    }
    result += piece;
    column += piece_width;
    is_after_blank = take_blank(text);
  }
  return result;
}

}  // namespace timewait
