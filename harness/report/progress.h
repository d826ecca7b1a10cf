#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace timewait {

/// What the line says: "3/14 server-closes-first", or, while cells wait, "3/14 done, 11 wait: 42 s
/// until the last".
struct ProgressState {
  std::size_t total = 0;
  std::size_t done = 0;
  std::string name{};  ///< of the scenario whose cell was done last
  int waiting = 0;
  std::chrono::seconds left{0};  ///< until the last of those that wait is done

  std::string text() const;
};

/// One line on standard error that is drawn over itself and goes with this object; nothing at all
/// when that is no terminal.
class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  void draw(const std::string& text);

 private:
  bool shown_;
  std::string drawn_;
};

/// The line that says how far a run is.
class Progress {
 public:
  explicit Progress(std::size_t total, std::size_t done = 0)
      : state_{.total = total, .done = done} {}

  /// One more cell is done.
  void advance(const std::string& name);

  /// So many cells only wait now, the last of them for at most so long.
  void waiting(int cells, std::chrono::nanoseconds left);

 private:
  ProgressLine line_;
  ProgressState state_;
};

}  // namespace timewait
