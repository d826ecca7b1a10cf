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

std::string ProgressState::text() const {
  if (waiting == 0) return fmt::format("{}/{} {}", done, total, name);
  return fmt::format("{}/{} done, {} {}: {} s until the last", done, total, waiting,
                     waiting == 1 ? "waits" : "wait", left.count());
}

ProgressLine::ProgressLine() : shown_(is_capable_terminal()) {}

ProgressLine::~ProgressLine() {
  if (!drawn_.empty()) std::fputs(kEraseLine, stderr);
}

void ProgressLine::draw(const std::string& text) {
  if (!shown_ || text == drawn_) return;
  drawn_ = text;
  const TextStyle style = text_style_of(STDERR_FILENO);
  // A terminal that was closed is no reason to end: nothing is lost but this line.
  std::fputs((kEraseLine + shortened(text, style.width - 1, style)).c_str(), stderr);
}

void Progress::advance(const std::string& name) {
  ++state_.done;
  state_.name = name;
  line_.draw(state_.text());
}

void Progress::waiting(int cells, std::chrono::nanoseconds left) {
  const bool is_new = cells > 0 || state_.waiting > 0;
  state_.waiting = cells;
  state_.left = std::chrono::ceil<std::chrono::seconds>(left);
  if (is_new) line_.draw(state_.text());
}

}  // namespace timewait
