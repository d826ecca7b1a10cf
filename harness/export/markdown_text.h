#pragma once

#include <string>

namespace timewait {

/// `text` in one line as GitHub's Markdown shows it unchanged, in tables, too.
std::string markdown_text(const std::string& text);

/// `text` in one line as code, in tables, too.
std::string markdown_code(const std::string& text);

/// A block of code; its fence is longer than any in `text`, which ends with a newline.
std::string markdown_block(const std::string& text);

}  // namespace timewait
