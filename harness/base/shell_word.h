#pragma once

#include <string>
#include <string_view>

namespace timewait {

/// `text` as it is written in a command that people copy into a shell: in single quotes unless each
/// of its characters stands for itself there. Nothing of ours gives it to a shell.
std::string shell_word(std::string_view text);

}  // namespace timewait
