#include "harness/run/run_plan.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

TEST(RunPlan, ReadsWhatItWrote) {
  const RunPlan plan{.run = {.kernel = "6.18.44",
                             .isolation = "none",
                             .sysctls = {{"net.ipv4.tcp_fin_timeout", "60"}},
                             .version = "0.1.0",
                             .jobs = 3},
                     .cells = 1348,
                     .scenarios = {{"a", "0123456789abcdef"}},
                     .arguments = {{"--tag", {"slow"}}, {"names", {"a", "b/c=d"}}}};
  const RunPlan read = read_run_plan(to_json(plan));
  EXPECT_EQ(read.run.kernel, plan.run.kernel);
  EXPECT_EQ(read.run.sysctls, plan.run.sysctls);
  EXPECT_EQ(read.run.jobs, plan.run.jobs);
  EXPECT_EQ(read.cells, plan.cells);
  EXPECT_EQ(read.scenarios, plan.scenarios);
  EXPECT_EQ(read.arguments, plan.arguments);
}

TEST(RunPlan, IsRefusedWhereItIsNone) {
  EXPECT_THAT([] { read_run_plan(""); },
              testing::ThrowsMessage<BadInput>(testing::StartsWith("this is no plan.json: ")));
  EXPECT_THAT([] { read_run_plan(R"({"schema": "timewait.run/1"})"); },
              testing::ThrowsMessage<BadInput>(
                  "a plan has the schema \"timewait.run/1\", not timewait.plan/1"));
}

}  // namespace
}  // namespace timewait
