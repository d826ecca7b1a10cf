#include "harness/page/policy_hash.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

TEST(PolicyHash, IsTheSha256OfTheTextInBase64) {
  // The vectors of FIPS 180-4.
  EXPECT_EQ(policy_hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(policy_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(policy_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}

TEST(PolicyHash, DiffersWithEachByte) { EXPECT_NE(policy_hash("abc"), policy_hash("abc\n")); }

}  // namespace
}  // namespace timewait
