#include "harness/report/text_style.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "harness/report/characters.h"

namespace timewait {
namespace {

constexpr int kPipeWidth = 100;
constexpr int kNarrowest = 40;

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

}  // namespace

TextStyle text_style_of(int fd) {
  const bool is_terminal = ::isatty(fd) == 1;
  return {.colour = wants_colour(is_terminal),
          .unicode = std::strcmp(::nl_langinfo(CODESET), "UTF-8") == 0,
          .width = std::max(terminal_width(fd), kNarrowest)};
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
  while (!text.empty()) {
    const auto end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (column > 0 && column + 1 + display_width(word) > width) {
      result.append("\n").append(static_cast<std::size_t>(indent), ' ');
      column = indent;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += word;
    column += display_width(word);
  }
  return result;
}

}  // namespace timewait
