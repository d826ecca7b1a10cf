#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "harness/base/error.h"

namespace timewait {

/// For tests: a folder that goes with this object, and all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_((std::filesystem::temp_directory_path() / "timewait-test-XXXXXX").string()) {
    check(::mkdtemp(path_.data()) == nullptr ? -1 : 0, "mkdtemp()");
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }

  /// Writes a file into the folder, or into one below it, and returns its path.
  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file.string();
  }

 private:
  std::string path_;
};

}  // namespace timewait
