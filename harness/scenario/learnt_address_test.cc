#include "harness/scenario/learnt_address.h"

#include <gmock/gmock.h>

#include "harness/scenario/test_checked_script.h"

namespace timewait {
namespace {

const Endpoint kLearnt = *Endpoint::parse("127.0.0.1:40000");

TEST(LearntAddress, IsFoundInTheWordsThatStandForIt) {
  EXPECT_EQ(learnt_name_in("$at"), "at");
  EXPECT_EQ(learnt_name_in("127.0.0.2:$at"), "at");
  EXPECT_EQ(learnt_name_in("[::1]:$at"), "at");
  for (const char* word : {"at", "127.0.0.1:1", "", "a$at", "$"})
    EXPECT_EQ(learnt_name_in(word), "") << word;
}

TEST(LearntAddress, StandsWhereItsNameStood) {
  EXPECT_EQ(with_learnt("$at", kLearnt), "127.0.0.1:40000");
  EXPECT_EQ(with_learnt("127.0.0.2:$at", kLearnt), "127.0.0.2:40000");
  EXPECT_EQ(with_learnt("[::1]:$at", kLearnt), "[::1]:40000");
}

TEST(LearntAddress, ComesIntoStepsAndPlaces) {
  Cell cell = scripted(
      "server runs peer\n"
      "server calls socket s\n"
      "server calls bind s 127.0.0.1:0\n"
      "server calls getsockname s as at\n"
      "client runs message_client --to 127.0.0.2:$at\n"
      "server calls connect s 127.0.0.3:$at\n"
      "server calls getpeername s giving 127.0.0.3:$at\n"
      "server calls getpeername s as other\n"
      "server calls connect s $other\n"
      "precondition server BOUND\n"
      "rebind $at");
  learn_address(cell, "at", kLearnt);
  EXPECT_EQ(cell.actor("server").place->endpoint, kLearnt);
  EXPECT_EQ(cell.actor("server").place_word, "");
  EXPECT_EQ(cell.actor("client").place->endpoint.text(), "127.0.0.2:40000");
  EXPECT_THAT(cell.steps[4].words,
              testing::ElementsAre("message_client", "--to", "127.0.0.2:40000"));
  EXPECT_EQ(cell.steps[5].call->address.text(), "127.0.0.3:40000");
  EXPECT_EQ(cell.steps[6].result, "127.0.0.3:40000");
  EXPECT_EQ(cell.steps[8].words.back(), "$other") << "another name";
  EXPECT_EQ(cell.steps[10].endpoint, kLearnt);
}

}  // namespace
}  // namespace timewait
