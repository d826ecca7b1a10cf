#include "harness/kernel/segment.h"

namespace timewait {

std::string flags_text(std::uint8_t flags) {
  std::string text;
  for (const auto& [flag, name] : kTcpFlags.rows()) {
    if ((flags & static_cast<std::uint8_t>(flag)) == 0) continue;
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "none" : text;
}

}  // namespace timewait
