#pragma once

#include <string>
#include <string_view>

namespace timewait {

/// The source expression by which a Content-Security-Policy allows one inline element with exactly
/// this text: "sha256-" and the hash in base64 (CSP Level 3, 2.3.1).
std::string policy_hash(std::string_view text);

}  // namespace timewait
