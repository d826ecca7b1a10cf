#include "harness/report/characters.h"

#include <utf8proc.h>

#include <algorithm>

namespace timewait {

Character take_character(std::string_view& text) {
  utf8proc_int32_t value = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &value);
  Character character{.bytes = text.substr(0, 1)};
  if (size > 0)
    character = {.bytes = text.substr(0, static_cast<std::size_t>(size)),
                 .value = static_cast<char32_t>(value)};
  text.remove_prefix(character.bytes.size());
  return character;
}

namespace {

bool is_printable(const Character& character) {
  if (!character.value) return false;
  const char32_t value = *character.value;
  if (value < 0x20) return value == U'\n' || value == U'\t';
  const bool is_control = value >= 0x7f && value < 0xa0;
  const bool breaks_lines = value == 0x2028 || value == 0x2029;
  return !is_control && !breaks_lines && value != 0xfffe && value != 0xffff;
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr std::string_view kReplacement = "\uFFFD";
  std::string result;
  while (!text.empty()) {
    const Character character = take_character(text);
    result += is_printable(character) ? character.bytes : kReplacement;
  }
  return result;
}

namespace {

/// The length of the colour sequence that `text` begins with, "\x1b[1;31m"; 0 where it does not.
std::size_t colour_length(std::string_view text) {
  constexpr std::string_view kStart = "\x1b[";
  if (!text.starts_with(kStart)) return 0;
  const auto end = text.find_first_not_of("0123456789;", kStart.size());
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

}  // namespace

std::string terminal_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t colour = colour_length(text);
    const std::size_t plain = colour > 0 ? 0 : std::min(text.find('\x1b', 1), text.size());
    result += text.substr(0, colour);
    result += printable(text.substr(colour, plain));
    text.remove_prefix(colour + plain);
  }
  return result;
}

std::string in_one_line(std::string text) {
  constexpr unsigned char kDelete = 0x7f;
  std::ranges::replace_if(
      text, [](unsigned char byte) { return byte < ' ' || byte == kDelete; }, ' ');
  return printable(text);
}

}  // namespace timewait
