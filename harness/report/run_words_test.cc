#include "harness/report/run_words.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

TEST(AgreementWords, CountWhatWasPredicted) {
  Matrix matrix;
  EXPECT_EQ(agreement_words(matrix, {}), "");
  matrix.add({.scenario = "a", .verdict = Verdict::pass, .is_predicted = true});
  matrix.add({.scenario = "b", .verdict = Verdict::fail, .is_predicted = true});
  EXPECT_EQ(agreement_words(matrix, {}), "expected = predicted = kernel in 1 of 2");
  matrix.add({.scenario = "c", .verdict = Verdict::pass});
  EXPECT_EQ(agreement_words(matrix, {}),
            "expected = predicted = kernel in 1 of 3; 1 passed without a prediction");
}

TEST(LeftOutWords, SayHowToRunTheRest) {
  EXPECT_EQ(left_out_words({}, {}), "");
  EXPECT_EQ(left_out_words({.left_out = {{"slow", 14}, {"slowest", 1}}}, {}),
            "left out because they are slow: 14 cells (--tag slow), 1 cell (--tag slowest)");
}

TEST(ShardWords, NameTheShards) {
  EXPECT_EQ(shard_words({}, {}), "");
  EXPECT_EQ(shard_words({.shards = {{.shard = {.index = 2, .count = 3}}}}, {}),
            "not the whole run, only shard 2/3 of it");
}

TEST(InterruptedWords, SayHowManyCellsThereAre) {
  EXPECT_EQ(interrupted_words({.cells = 3}, {}), "");
  EXPECT_EQ(interrupted_words({.cells = 412, .not_run = 936}, {}),
            "not the whole run, only 412 of its 1348 cells");
}

TEST(Shortcomings, NameWhatThisMachineRefuses) {
  EXPECT_THAT(shortcomings({}, {}), testing::IsEmpty());
  EXPECT_THAT(
      shortcomings({.isolation_refusals = "a", .sees_options = false, .capture_trouble = "b"}, {}),
      testing::ElementsAre("not used: a", "evidence: b",
                           "the options of sockets cannot be read here: programs are believed to "
                           "set those they are asked for"));
}

}  // namespace
}  // namespace timewait
