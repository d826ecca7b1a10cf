#pragma once

#include <string>
#include <string_view>

namespace timewait {

/// Writes all of `text`, however little the kernel takes at a time. Throws SystemError, which says
/// what `name` was to be written to: "write(NAME): No space left on device".
void write_whole(int fd, std::string_view text, const std::string& name);

/// All that can be read of a file from where it is read on. Throws SystemError: "read(NAME): Is a
/// directory".
std::string read_whole(int fd, const std::string& name);

}  // namespace timewait
