#include "harness/run/record_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr mode_t kMode = 0644;

[[noreturn]] void refuse_folder(const std::string& what, const std::string& why) {
  throw BadInput(fmt::format("cannot {}: {}; name another folder with --out", what, why));
}

UniqueFd open_new(const std::string& path) {
  return UniqueFd(check(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, kMode),
                        fmt::format("open({})", path)));
}

void write_whole(int fd, std::string_view text, const std::string& path) {
  while (!text.empty())
    text.remove_prefix(static_cast<std::size_t>(
        check(::write(fd, text.data(), text.size()), fmt::format("write({})", path))));
}

}  // namespace

RecordStore::RecordStore(const std::string& directory) {
  if (directory.empty()) {
    file_.reset(check(::memfd_create("timewait-records", MFD_CLOEXEC), "memfd_create()"));
    return;
  }
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) refuse_folder("make the folder " + directory, error.message());
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    refuse_folder("write to the folder " + directory, std::strerror(errno));
  lock_.reset(check(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                    fmt::format("open({})", directory)));
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
    throw BadInput(
        fmt::format("another run writes to {}; name another folder with --out", directory));
  // Without its run.json a run that was cut short cannot be taken for a whole one.
  std::filesystem::remove(directory + "/run.json", error);
  path_ = directory + "/records.jsonl";
  file_ = open_new(path_);
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
  const std::string sorted_path = path_ + ".sorted";
  const UniqueFd sorted = open_new(sorted_path);
  for_each([&](const std::string& line) { write_whole(sorted.get(), line + "\n", sorted_path); });
  std::filesystem::rename(sorted_path, path_);
}

void replace_file(const std::string& path, const std::string& text) {
  const std::string new_path = path + ".new";
  write_whole(open_new(new_path).get(), text, new_path);
  std::filesystem::rename(new_path, path);
}

}  // namespace timewait
