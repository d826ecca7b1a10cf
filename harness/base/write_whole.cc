#include "harness/base/write_whole.h"

#include <unistd.h>

#include "harness/base/error.h"

namespace timewait {

void write_whole(int fd, std::string_view text, const std::string& name) {
  const std::string call = "write(" + name + ")";
  while (!text.empty())
    text.remove_prefix(
        static_cast<std::size_t>(check(::write(fd, text.data(), text.size()), call)));
}

}  // namespace timewait
