#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/unique_fd.h"
#include "harness/run/folder_lock.h"

namespace timewait {

/// The records of a run, one JSON object a line. Each is appended whole as it comes, so what is
/// there of a run that was killed can be read; finish() puts them in the order of their cells.
class RecordStore {
 public:
  /// Keeps the records in `directory`/records.jsonl; makes the folder when it is missing, removes
  /// what an older run has left and locks the folder against other runs. With an empty `directory`
  /// they are kept in memory. Throws BadInput when the folder cannot be used, or still cannot after
  /// `patience`.
  explicit RecordStore(const std::string& directory, Duration patience = FolderLock::kPatience);

  /// Goes on with the records of a run that was stopped, in the folder of `lock`. Each whole one
  /// has to be adopted, and the rest dropped, before another is appended.
  explicit RecordStore(FolderLock lock);

  /// The next of the records that are there has `size` bytes without its line feed; `order` says
  /// where it will stand at the end.
  void adopt(std::size_t order, std::size_t size);

  /// Cuts off what stands behind the records that were adopted.
  void drop_the_rest();

  /// `order` says where the record will stand at the end.
  void append(std::size_t order, const std::string& json_line);

  /// Calls `take` for each record in order.
  void for_each(const std::function<void(const std::string& json_line)>& take);

  /// Writes the file anew, in order.
  void finish();

 private:
  struct Place {
    std::size_t order;
    std::int64_t offset;
    std::size_t size;
  };

  std::string path_;
  std::optional<FolderLock> lock_;  ///< as long as the run goes on
  UniqueFd file_;
  std::vector<Place> places_;
  std::int64_t end_ = 0;
};

/// Replaces the file at `path` by one that holds `text`, in one go: whoever looks, also after the
/// machine has lost power, sees the one or the other.
void replace_file(const std::string& path, const std::string& text);

}  // namespace timewait
