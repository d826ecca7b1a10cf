#include "harness/run/record_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "harness/base/error.h"
#include "harness/base/whole_file.h"

namespace timewait {
namespace {

constexpr mode_t kMode = 0644;

/// What a run that was killed at the end may have left beside its records.
constexpr const char* kSorted = ".sorted";

[[noreturn]] void refuse_folder(const std::string& what, const std::string& why) {
  throw BadInput(fmt::format("cannot {}: {}; name another folder with --out", what, why));
}

UniqueFd open_new(const std::string& path, int flags) {
  return UniqueFd(
      check(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, kMode),
            fmt::format("open({})", path)));
}

/// Sees to it that a file is on the disk before it takes the place of another one.
void keep(int fd, const std::string& path) {
  if (::fdatasync(fd) == 0 || errno == EINVAL || errno == ENOSYS) return;  // or it has none
  throw_system_error(fmt::format("fdatasync({})", path));
}

/// Makes a file that does not stay if it cannot be written whole. It may lie in a folder where
/// others may write: what is there under that name is not followed.
void write_or_remove(const std::string& path, const std::function<void(int fd)>& write) {
  ::unlink(path.c_str());
  const UniqueFd file = open_new(path, O_EXCL);
  try {
    write(file.get());
    keep(file.get(), path);
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

void rename_or_remove(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return;
  const int error = errno;
  ::unlink(from.c_str());
  throw SystemError(fmt::format("rename({})", to), error);
}

/// What an older run has left in `directory` beside its records.
std::array<std::string, 3> files_of_older_run(const std::string& directory) {
  return {directory + "/run.json", directory + "/plan.json", directory + "/report.html"};
}

void refuse_folders_in_the_way(const std::string& directory) {
  for (const std::string& file : files_of_older_run(directory))
    if (std::filesystem::is_directory(std::filesystem::symlink_status(file)))
      refuse_folder("replace " + file, std::strerror(EISDIR));
}

UniqueFd open_records(const std::string& path) {
  try {
    UniqueFd file = open_new(path, O_NONBLOCK);
    struct stat status {};
    check(::fstat(file.get(), &status), fmt::format("fstat({})", path));
    if (!S_ISREG(status.st_mode)) refuse_folder("write to " + path, "it is no file");
    return file;
  } catch (const SystemError& refused) {
    refuse_folder("write to " + path, std::strerror(refused.error()));
  }
}

/// A run that is cut short must not be taken for the older one, be it as whole or to go on with,
/// and no page of that must lie beside its records.
void remove_older_run(const std::string& directory) {
  for (const std::string& file : files_of_older_run(directory))
    if (::unlink(file.c_str()) != 0 && errno != ENOENT)
      refuse_folder("replace " + file, std::strerror(errno));
}

FolderLock locked(const std::string& directory, Duration patience) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) refuse_folder("make the folder " + directory, error.message());
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    refuse_folder("write to the folder " + directory, std::strerror(errno));
  try {
    return FolderLock(directory, patience);
  } catch (const BadInput& busy) {
    throw BadInput(fmt::format("{}; name another folder with --out", busy.what()));
  }
}

}  // namespace

RecordStore::RecordStore(const std::string& directory, Duration patience) {
  if (directory.empty()) {
    file_.reset(check(::memfd_create("timewait-records", MFD_CLOEXEC), "memfd_create()"));
    return;
  }
  lock_ = locked(directory, patience);
  path_ = directory + "/records.jsonl";
  refuse_folders_in_the_way(directory);
  file_ = open_records(path_);
  remove_older_run(directory);
  drop_the_rest();
}

RecordStore::RecordStore(FolderLock lock)
    : path_(lock.directory() + "/records.jsonl"),
      lock_(std::move(lock)),
      file_(::open(path_.c_str(), O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC)) {
  if (!file_)
    throw BadInput(
        fmt::format("cannot go on with {}: {}; begin a new run", path_, std::strerror(errno)));
  std::error_code error;
  std::filesystem::remove(path_ + kSorted, error);
}

void RecordStore::adopt(std::size_t order, std::size_t size) {
  places_.push_back({.order = order, .offset = end_, .size = size});
  end_ += static_cast<std::int64_t>(size) + 1;
}

void RecordStore::drop_the_rest() {
  check(::ftruncate(file_.get(), end_), fmt::format("ftruncate({})", path_));
}

void RecordStore::append(std::size_t order, const std::string& json_line) {
  const std::string line = json_line + "\n";
  try {
    write_whole(file_.get(), line, path_.empty() ? "records in memory" : path_);
  } catch (const SystemError&) {
    (void)!::ftruncate(file_.get(), end_);  // so that all that is there can be read
    throw;
  }
  places_.push_back({.order = order, .offset = end_, .size = json_line.size()});
  end_ += static_cast<std::int64_t>(line.size());
}

void RecordStore::for_each(const std::function<void(const std::string& json_line)>& take) {
  std::ranges::sort(places_, {}, &Place::order);
  std::string line;
  for (const Place& place : places_) {
    line.resize(place.size);
    if (::pread(file_.get(), line.data(), line.size(), place.offset) !=
        static_cast<ssize_t>(line.size()))
      throw Error(fmt::format("cannot read {} back", path_));
    take(line);
  }
}

void RecordStore::finish() {
  if (path_.empty()) return;
  const std::string sorted_path = path_ + kSorted;
  write_or_remove(sorted_path, [&](int sorted) {
    for_each([&](const std::string& line) { write_whole(sorted, line + "\n", sorted_path); });
  });
  rename_or_remove(sorted_path, path_);
}

void replace_file(const std::string& path, const std::string& text) {
  const std::string new_path = path + ".new";
  write_or_remove(new_path, [&](int file) { write_whole(file, text, new_path); });
  rename_or_remove(new_path, path);
}

}  // namespace timewait
