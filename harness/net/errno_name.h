#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace timewait {

/// "EADDRINUSE" for EADDRINUSE; "errno 4711" for a number without a name.
std::string errno_name(int error);

/// The number of an errno name; nothing for a word that is none.
std::optional<int> find_errno(std::string_view name);

/// The number of a text that perror() prints in the C locale, "Address already in use".
std::optional<int> find_errno_text(std::string_view text);

}  // namespace timewait
