#include "harness/process/process_tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <sstream>

namespace timewait {
namespace {

/// What a small file of /proc says; empty when it cannot be read.
std::string read_small(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 2048> text;
  const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

/// The folder of the process in the /proc that is mounted, which may count processes otherwise than
/// our pid namespace does: the file of the descriptor tells its number there.
std::string folder_of(int pidfd) {
  constexpr std::string_view kKey = "Pid:\t";
  const std::string text = read_small(fmt::format("/proc/self/fdinfo/{}", pidfd));
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
  // "4711 (name) S 1 ...": the name may hold blanks and parentheses, what follows may not.
  const std::string text = read_small(folder_ + "/stat");
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(close + 1));
  constexpr int kFirstField = 3;
  constexpr int kCodeField = 26;
  constexpr int kStackField = 28;
  std::string field;
  for (int number = kFirstField; number <= kStackField; ++number) {
    fields >> field;
    // An execution puts the stack to its place before it tells where the code is, and once more
    // after that (load_elf_binary()). When a process ends its memory goes first.
    if (field == "0" && (number == kCodeField || number == kStackField)) return std::nullopt;
  }
  return Image{.name = text.substr(open + 1, close - open - 1), .stack = field};
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
