#include "harness/scenario/text_block.h"

#include <algorithm>

namespace timewait {
namespace {

/// How many quotes open the text: three for one that may span lines, else one.
int quotes_at(std::string_view text) {
  return text.starts_with("\"\"\"") || text.starts_with("'''") ? 3 : 1;
}

}  // namespace

TextBlock text_block(const SourceText& source, Position begin, Position end) {
  const std::string_view opening =
      source.line(begin.line).substr(static_cast<std::size_t>(begin.column - 1));
  const int quotes = quotes_at(opening);
  const char quote = opening.front();
  TextBlock block{.at = begin, .lines = {}};
  std::string_view rest = source.text();
  rest.remove_prefix(static_cast<std::size_t>(source.line(begin.line).data() - rest.data()));
  for (int number = begin.line; number <= end.line; ++number) {
    std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    int column = 1;
    if (number == begin.line) {
      column = begin.column + quotes;
      const auto skipped = static_cast<std::size_t>(column - 1);
      text = skipped <= text.size() ? text.substr(skipped) : std::string_view();
    }
    if (number == end.line)
      text = text.substr(0, text.find(std::string(static_cast<std::size_t>(quotes), quote)));
    const auto backslash = text.find('\\');
    if (backslash != std::string_view::npos)
      throw ScenarioError(source, {.line = number, .column = column + static_cast<int>(backslash)},
                          "a script or an expectation has no backslashes");
    block.lines.push_back({.at = {.line = number, .column = column}, .text = text});
  }
  return block;
}

}  // namespace timewait
