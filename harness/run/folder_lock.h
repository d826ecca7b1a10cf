#pragma once

#include <string>

#include "harness/base/deadline.h"
#include "harness/base/unique_fd.h"

namespace timewait {

/// Keeps other runs from writing to a folder, as long as this object lives.
class FolderLock {
 public:
  /// Sandboxes inherit the lock, and those of a run that was killed live on for a second or two.
  static constexpr Duration kPatience = std::chrono::seconds(5);

  /// Throws BadInput when another run has the lock, or what is left of one has it still after
  /// `patience`; SystemError when there is no such folder.
  explicit FolderLock(std::string directory, Duration patience = kPatience);

  const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
  UniqueFd fd_;
};

}  // namespace timewait
