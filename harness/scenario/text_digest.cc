#include "harness/scenario/text_digest.h"

#include <nettle/base16.h>

#include <array>
#include <cstdint>

namespace timewait {

void TextDigest::add(std::string_view text) {
  sha256_update(&context_, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
}

std::string TextDigest::text() {
  std::array<std::uint8_t, 8> digest{};  // the rest of it would only make it longer
  sha256_digest(&context_, digest.size(), digest.data());
  std::string text(BASE16_ENCODE_LENGTH(digest.size()), '0');
  base16_encode_update(text.data(), digest.size(), digest.data());
  return text;
}

}  // namespace timewait
