#include "harness/page/text_pool.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

TEST(TextPool, KeepsEachTextOnce) {
  TextPool pool;
  EXPECT_EQ(pool.number_of("server exits"), 0);
  EXPECT_EQ(pool.number_of("exit 0"), 1);
  EXPECT_EQ(pool.number_of("server exits"), 0);
  EXPECT_THAT(pool.texts(), testing::ElementsAre("server exits", "exit 0"));
}

TEST(TextPool, HasNoPlaceForAnEmptyText) {
  TextPool pool;
  EXPECT_EQ(pool.number_of(""), -1);
  EXPECT_THAT(pool.texts(), testing::IsEmpty());
}

}  // namespace
}  // namespace timewait
