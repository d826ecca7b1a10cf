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

std::string in_one_line(std::string text) {
  constexpr unsigned char kDelete = 0x7f;
  std::ranges::replace_if(
      text, [](unsigned char byte) { return byte < ' ' || byte == kDelete; }, ' ');
  return text;
}

}  // namespace timewait
