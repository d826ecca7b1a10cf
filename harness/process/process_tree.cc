#include "harness/process/process_tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>

#include "harness/process/proc_file.h"

namespace timewait {
namespace {

/// The folder of the process in the /proc that is mounted, which may count processes otherwise than
/// our pid namespace does: the file of the descriptor tells its number there.
std::string folder_of(int pidfd) {
  constexpr std::string_view kKey = "Pid:\t";
  const std::string text = read_proc_file(fmt::format("/proc/self/fdinfo/{}", pidfd));
  const auto key = text.find(kKey);
  if (key == std::string::npos) return "";
  int pid = 0;
  std::from_chars(text.data() + key + kKey.size(), text.data() + text.size(), pid);
  return pid > 0 ? fmt::format("/proc/{}", pid) : "";
}

}  // namespace

bool is_first_process() { return ::getpid() == 1; }

NewestPid::NewestPid() : file_(::open("/proc/sys/kernel/ns_last_pid", O_RDONLY | O_CLOEXEC)) {}

std::optional<pid_t> NewestPid::read() const {
  std::array<char, 16> text;
  const ssize_t size = file_ ? ::pread(file_.get(), text.data(), text.size(), 0) : -1;
  pid_t pid = 0;
  if (size <= 0 || std::from_chars(text.data(), text.data() + size, pid).ec != std::errc())
    return std::nullopt;
  return pid;
}

ProcessView::ProcessView(int pidfd) : folder_(folder_of(pidfd)) {}

std::optional<ProcessView::Image> ProcessView::image() const {
  if (folder_.empty()) return std::nullopt;
  const auto stat = stat_of(folder_);
  if (!stat) return std::nullopt;
  constexpr std::size_t kCodeField = 26;
  constexpr std::size_t kStackField = 28;
  // An execution puts the stack to its place before it tells where the code is, and once more
  // after that (load_elf_binary()). When a process ends its memory goes first.
  for (const std::size_t number : {kCodeField, kStackField})
    if (stat->field(number) == "0") return std::nullopt;
  return Image{.name = stat->name, .stack = stat->field(kStackField)};
}

std::vector<std::uint32_t> ProcessView::sockets() const {
  constexpr std::string_view kPrefix = "socket:[";
  std::vector<std::uint32_t> inodes;
  if (folder_.empty()) return inodes;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder_ + "/fd", error), end; !error && file != end;
       file.increment(error)) {
    std::error_code gone;
    const std::string target = std::filesystem::read_symlink(file->path(), gone);
    std::uint32_t inode = 0;
    if (target.starts_with(kPrefix) &&
        std::from_chars(target.data() + kPrefix.size(), target.data() + target.size(), inode).ec ==
            std::errc())
      inodes.push_back(inode);
  }
  return inodes;
}

}  // namespace timewait
