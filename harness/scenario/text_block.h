#pragma once

#include <string_view>
#include <vector>

#include "harness/scenario/source_text.h"

namespace timewait {

/// A line of a text in a scenario file: its number and the column its text begins in.
struct TextLine {
  Position at;
  std::string_view text;
};

/// The text of `script` or `expect`, line by line, each with its place in the file.
struct TextBlock {
  Position at;
  std::vector<TextLine> lines;
};

/// The lines between the quotes of the text that spans `begin` to `end` in the file. Throws
/// ScenarioError where a backslash would make the lines of the text differ from those of the file.
TextBlock text_block(const SourceText& source, Position begin, Position end);

}  // namespace timewait
