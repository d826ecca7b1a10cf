#include "harness/run/record_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr mode_t kMode = 0644;

/// What a run that was killed at the end may have left beside its records.
constexpr const char* kSorted = ".sorted";

UniqueFd open_new(const std::string& path) {
  return UniqueFd(check(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, kMode),
                        fmt::format("open({})", path)));
}

void write_whole(int fd, std::string_view text, const std::string& path) {
  while (!text.empty())
    text.remove_prefix(static_cast<std::size_t>(
        check(::write(fd, text.data(), text.size()), fmt::format("write({})", path))));
}

/// Sees to it that a file is on the disk before it takes the place of another one.
void keep(int fd, const std::string& path) {
  if (::fdatasync(fd) == 0 || errno == EINVAL || errno == ENOSYS) return;  // or it has none
  throw_system_error(fmt::format("fdatasync({})", path));
}

FolderLock locked(const std::string& directory, Duration patience) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error)
    throw BadInput(fmt::format("cannot make the folder {}: {}", directory, error.message()));
  return FolderLock(directory, patience);
}

}  // namespace

RecordStore::RecordStore(const std::string& directory, Duration patience) {
  if (directory.empty()) {
    file_.reset(check(::memfd_create("timewait-records", MFD_CLOEXEC), "memfd_create()"));
    return;
  }
  lock_ = locked(directory, patience);
  // A run that is cut short must not be taken for the older one, be it as whole or to go on with.
  std::error_code error;
  for (const char* name : {"/run.json", "/plan.json"})
    std::filesystem::remove(directory + name, error);
  path_ = directory + "/records.jsonl";
  file_ = open_new(path_);
}

RecordStore::RecordStore(FolderLock lock)
    : path_(lock.directory() + "/records.jsonl"),
      lock_(std::move(lock)),
      file_(check(::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC),
                  fmt::format("open({})", path_))) {
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
  write_whole(file_.get(), line, path_);
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
  const UniqueFd sorted = open_new(sorted_path);
  for_each([&](const std::string& line) { write_whole(sorted.get(), line + "\n", sorted_path); });
  keep(sorted.get(), sorted_path);
  std::filesystem::rename(sorted_path, path_);
}

void replace_file(const std::string& path, const std::string& text) {
  const std::string new_path = path + ".new";
  const UniqueFd file = open_new(new_path);
  write_whole(file.get(), text, new_path);
  keep(file.get(), new_path);
  std::filesystem::rename(new_path, path);
}

}  // namespace timewait
