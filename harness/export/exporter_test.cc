#include "harness/export/exporter.h"

#include <gmock/gmock.h>

#include "harness/export/test_results.h"

namespace timewait {
namespace {

TEST(Exporter, IsFoundByItsName) {
  EXPECT_THAT(exporter_names(),
              testing::IsSupersetOf({"text", "json", "markdown", "csv", "junit", "tap"}));
  for (const Exporter& exporter : exporters()) EXPECT_EQ(&find_exporter(exporter.name), &exporter);
}

TEST(Exporter, WritesTheSameWhateverThePlaceIsUnlessItIsForATerminal) {
  const TestRun run(all_verdicts());
  const TextStyle terminal{.colour = true, .unicode = false, .width = 40};
  for (const Exporter& exporter : exporters()) {
    SCOPED_TRACE(exporter.name);
    EXPECT_NE(run.as(exporter.name), "");
    EXPECT_EQ(run.as(exporter.name, terminal) == run.as(exporter.name), exporter.name != "text");
  }
}

}  // namespace
}  // namespace timewait
