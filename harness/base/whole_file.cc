#include "harness/base/whole_file.h"

#include <unistd.h>

#include <array>

#include "harness/base/error.h"

namespace timewait {

void write_whole(int fd, std::string_view text, const std::string& name) {
  const std::string call = "write(" + name + ")";
  while (!text.empty())
    text.remove_prefix(
        static_cast<std::size_t>(check(::write(fd, text.data(), text.size()), call)));
}

std::string read_whole(int fd, const std::string& name) {
  std::string text;
  std::array<char, std::size_t{16} * 1024> chunk;
  while (true) {
    const auto size = check(::read(fd, chunk.data(), chunk.size()), "read(" + name + ")");
    if (size == 0) return text;
    text.append(chunk.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace timewait
