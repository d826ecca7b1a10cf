#pragma once

#include <string>
#include <string_view>

#include "harness/base/error.h"

namespace timewait {

/// A place in a scenario file; lines and columns count from 1, columns in bytes.
struct Position {
  int line = 1;
  int column = 1;
};

/// A scenario file as it was read, for messages that show the place.
class SourceText {
 public:
  SourceText(std::string path, std::string text);

  /// Reads the file; throws Error when it cannot be read.
  static SourceText of_file(const std::string& path);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }

  /// Line `number`, counted from 1, without its newline; empty beyond the end.
  std::string_view line(int number) const;

 private:
  std::string path_;
  std::string text_;
};

/// A scenario file that cannot be used. The text is "file:line:column: what", the line and a caret.
class ScenarioError : public BadInput {
 public:
  ScenarioError(const SourceText& source, Position at, const std::string& message);
};

}  // namespace timewait
