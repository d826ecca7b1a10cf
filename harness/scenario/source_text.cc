#include "harness/scenario/source_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace timewait {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20;

/// Spaces up to the column, but tabs where the line has tabs, so that the caret stands right.
std::string indent_like(std::string_view line, int column) {
  std::string indent;
  for (int i = 0; i + 1 < column; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool continues_character =
        at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80;
    if (!continues_character) indent += at < line.size() && line[at] == '\t' ? '\t' : ' ';
  }
  return indent;
}

std::string describe(const SourceText& source, Position at, const std::string& message) {
  const std::string_view line = source.line(at.line);
  return fmt::format("{}:{}:{}: {}\n  {}\n  {}^", source.path(), at.line, at.column, message, line,
                     indent_like(line, at.column));
}

}  // namespace

SourceText::SourceText(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {}

SourceText SourceText::of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::getline(file, text, '\0');
  if (!file.is_open() || file.bad())
    throw BadInput(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  if (!file.eof())
    throw BadInput(fmt::format("{} is no text: it has a byte 0 in line {}", path,
                               std::ranges::count(text, '\n') + 1));
  if (text.size() > kLargestFile)
    throw BadInput(fmt::format("{} is larger than {} bytes", path, kLargestFile));
  return SourceText(path, std::move(text));
}

std::string_view SourceText::line(int number) const {
  std::string_view rest = text_;
  for (int skipped = 1; skipped < number; ++skipped) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  return rest.substr(0, rest.find('\n'));
}

ScenarioError::ScenarioError(const SourceText& source, Position at, const std::string& message)
    : BadInput(describe(source, at, message)) {}

}  // namespace timewait
