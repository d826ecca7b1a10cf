#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/base/unique_fd.h"

namespace timewait {

/// What a process has written to a pipe so far. Never blocks; keeps the first 64 KiB and drops the
/// rest, so that a flood costs no memory.
class TextStream {
 public:
  /// `fd` is the non-blocking read end.
  explicit TextStream(UniqueFd fd) : fd_(std::move(fd)) {}

  /// -1 once the writers are gone.
  int fd() const { return fd_.get(); }

  /// Takes what is there now, a bounded amount.
  void drain();

  const std::string& text() const { return text_; }

  /// True when it has written more than is kept.
  bool is_cut() const { return is_cut_; }

  /// The next whole line not taken before, without its newline.
  std::optional<std::string> take_line();

  /// Waits for nothing: true when `phrase` stands in what came after the last phrase found.
  bool find(std::string_view phrase);

 private:
  UniqueFd fd_;
  std::string text_;
  std::size_t taken_ = 0;
  bool is_cut_ = false;
};

}  // namespace timewait
