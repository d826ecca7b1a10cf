#include "harness/report/label_columns.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

TEST(LabelColumns, NameTheVariationOfTheColumnsLast) {
  EXPECT_EQ(LabelColumns({.column_name = "rebind"}).corner(), "rebind  ");
  EXPECT_EQ(LabelColumns({.row_names = {"client", "first"}, .column_name = "rebind"}).corner(),
            "client  first \\ rebind  ");
}

TEST(LabelColumns, AreAsWideAsTheirWidestLabel) {
  const LabelColumns columns({.row_names = {"a", "b"},
                              .column_name = "c",
                              .rows = {{"plain", "你好你好"}, {"reuseaddr", "x"}}});
  EXPECT_EQ(columns.corner(), "a          b \\ c     ");
  EXPECT_EQ(columns.text({"plain", "你好你好"}), "plain      你好你好  ");
}

TEST(LabelColumns, AreEmptyWhereARowHasNoLabel) {
  const LabelColumns columns({.row_names = {"first"}, .column_name = "rebind"});
  EXPECT_EQ(columns.text({}), "                ");
}

}  // namespace
}  // namespace timewait
