#pragma once

#include <cstddef>
#include <string>

namespace timewait {

/// One line on standard error that says how far a run is; nothing when that is no terminal.
class Progress {
 public:
  explicit Progress(std::size_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  /// One more cell is done.
  void advance(const std::string& name);

 private:
  bool shown_;
  std::size_t total_;
  std::size_t done_ = 0;
};

}  // namespace timewait
