#pragma once

#include <string>
#include <string_view>

namespace timewait {

/// Writes all of `text`, however little the kernel takes at a time. Throws SystemError, which says
/// what `name` was to be written to: "write(NAME): No space left on device".
void write_whole(int fd, std::string_view text, const std::string& name);

}  // namespace timewait
