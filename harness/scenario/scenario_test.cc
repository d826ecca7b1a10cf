#include "harness/scenario/scenario.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

TEST(CellName, ListsTheValuesInTheirOrder) {
  EXPECT_EQ(cell_name({{"first", "plain"}, {"rebind", "both"}}), "first=plain,rebind=both");
  EXPECT_EQ(cell_name({{"rebind", "both"}}), "rebind=both");
}

TEST(CellName, IsADashWhenNothingIsVaried) { EXPECT_EQ(cell_name({}), "-"); }

TEST(Cell, KnowsItsActorsByName) {
  const Cell cell{.actors = {{.name = "server"}, {.name = "client", .protocol = Protocol::udp}}};
  EXPECT_EQ(cell.actor("client").protocol, Protocol::udp);
  EXPECT_EQ(cell.actor("server").protocol, Protocol::tcp);
}

}  // namespace
}  // namespace timewait
