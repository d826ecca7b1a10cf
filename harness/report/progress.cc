#include "harness/report/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "harness/report/text_style.h"

namespace timewait {
namespace {

constexpr const char* kEraseLine = "\r\033[K";

bool is_capable_terminal() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

}  // namespace

Progress::Progress(std::size_t total) : shown_(is_capable_terminal()), total_(total) {}

Progress::~Progress() {
  if (shown_ && done_ > 0) std::fputs(kEraseLine, stderr);
}

void Progress::advance(const std::string& name) {
  ++done_;
  if (!shown_) return;
  const TextStyle style = text_style_of(STDERR_FILENO);
  const std::string text = fmt::format("{}/{} {}", done_, total_, name);
  fmt::print(stderr, "{}{}", kEraseLine, shortened(text, style.width - 1, style));
}

}  // namespace timewait
