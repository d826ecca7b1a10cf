#pragma once

#include <nettle/sha2.h>

#include <string>
#include <string_view>

namespace timewait {

/// Tells texts apart that nobody forges, by 16 hexadecimal digits.
class TextDigest {
 public:
  TextDigest() { sha256_init(&context_); }

  void add(std::string_view text);

  /// What was added since the last time.
  std::string text();

 private:
  sha256_ctx context_{};
};

}  // namespace timewait
