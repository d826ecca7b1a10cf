#include "harness/process/text_stream.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace timewait {
namespace {

constexpr std::size_t kKept = std::size_t{64} * 1024;
constexpr int kReadsPerDrain = 16;

}  // namespace

void TextStream::drain() {
  std::array<char, 4096> chunk;
  for (int reads = 0; fd_ && reads < kReadsPerDrain; ++reads) {
    const ssize_t size = ::read(fd_.get(), chunk.data(), chunk.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) return fd_.reset();
    const std::size_t room = kKept - text_.size();
    is_cut_ = is_cut_ || static_cast<std::size_t>(size) > room;
    text_.append(chunk.data(), std::min(static_cast<std::size_t>(size), room));
  }
}

std::optional<std::string> TextStream::take_line() {
  const auto end = text_.find('\n', taken_);
  if (end == std::string::npos) return std::nullopt;
  std::string line = text_.substr(taken_, end - taken_);
  taken_ = end + 1;
  return line;
}

bool TextStream::find(std::string_view phrase) {
  const auto at = text_.find(phrase, taken_);
  if (at == std::string::npos) return false;
  taken_ = at + phrase.size();
  return true;
}

}  // namespace timewait
