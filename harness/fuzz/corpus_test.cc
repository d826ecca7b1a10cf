// Runs what is kept in corpus/ through the targets, also where there is no libFuzzer: whatever once
// broke something stays there.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "harness/fuzz/fuzz_target.h"

namespace timewait {
namespace {

namespace fs = std::filesystem;

const fs::path& corpus() {
  static const fs::path folder = fs::path(TIMEWAIT_SOURCE_DIR) / "harness/fuzz/corpus";
  return folder;
}

std::vector<fs::path> inputs_of(const FuzzTarget& target) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(corpus() / target.name))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class Corpus : public testing::TestWithParam<FuzzTarget> {};

TEST_P(Corpus, BreaksNothing) {
  const std::vector<fs::path> inputs = inputs_of(GetParam());
  EXPECT_FALSE(inputs.empty());
  for (const fs::path& path : inputs) EXPECT_NO_THROW(GetParam().run(text_of(path))) << path;
}

std::string test_name(const testing::TestParamInfo<FuzzTarget>& target) {
  return std::string(target.param.name);
}

INSTANTIATE_TEST_SUITE_P(Target, Corpus,
                         testing::ValuesIn(fuzz_targets().begin(), fuzz_targets().end()),
                         test_name);

TEST(CorpusFolder, HasNothingButTargets) {
  for (const auto& entry : fs::directory_iterator(corpus()))
    EXPECT_NE(find_fuzz_target(entry.path().filename().string()), nullptr) << entry.path();
}

}  // namespace
}  // namespace timewait
