#include "harness/base/shell_word.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace timewait {
namespace {

/// What a shell makes of the word.
std::string read_by_a_shell(const std::string& word) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(("printf %s " + word).c_str(), "r"),
                                                   ::pclose);
  std::array<char, 256> output{};
  const std::size_t size = std::fread(output.data(), 1, output.size(), pipe.get());
  return {output.data(), size};
}

TEST(ShellWord, LeavesWhatNeedsNoQuotes) {
  EXPECT_EQ(shell_word("results/run/latest-1.2"), "results/run/latest-1.2");
}

TEST(ShellWord, IsReadByAShellAsItWas) {
  for (const char* text : {"plain", "", "two words", "it's", "$HOME", "a;b", "*", "\"", "\\", "~"})
    EXPECT_EQ(read_by_a_shell(shell_word(text)), text);
}

}  // namespace
}  // namespace timewait
