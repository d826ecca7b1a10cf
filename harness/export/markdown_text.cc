#include "harness/export/markdown_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "harness/report/characters.h"

namespace timewait {
namespace {

constexpr std::string_view kActive = "\\`*_[]<>&|~#$";

bool is_active(char character) { return kActive.find(character) != std::string_view::npos; }

std::size_t longest_fence(std::string_view text) {
  std::size_t longest = 0;
  std::size_t length = 0;
  for (const char character : text) {
    length = character == '`' ? length + 1 : 0;
    longest = std::max(longest, length);
  }
  return longest;
}

}  // namespace

std::string markdown_text(const std::string& text) {
  std::string escaped;
  for (const char character : printable(in_one_line(text))) {
    if (is_active(character)) escaped += '\\';
    escaped += character;
  }
  return escaped;
}

std::string markdown_code(const std::string& text) {
  const std::string line = printable(in_one_line(text));
  if (line.find_first_of("`|") == std::string::npos) return '`' + line + '`';
  // A table ends its cell at a pipe in code between backticks, so that has to be an element.
  std::string escaped;
  for (const char character : line)
    escaped += is_active(character) ? fmt::format("&#{};", static_cast<int>(character))
                                    : std::string(1, character);
  return "<code>" + escaped + "</code>";
}

std::string markdown_block(const std::string& text) {
  constexpr std::size_t kShortest = 3;
  const std::string fence(std::max(kShortest, longest_fence(text) + 1), '`');
  return fence + "text\n" + text + fence + '\n';
}

}  // namespace timewait
