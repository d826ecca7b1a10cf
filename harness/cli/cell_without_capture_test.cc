// What is left where the kernel lets nobody capture segments: here to root without CAP_NET_RAW, who
// is refused a packet socket. No user namespace may be made there, so the sandbox gives none back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kReason = "segments cannot be captured: socket: Operation not permitted";

class CellWithoutCapture : public testing::Test {
 protected:
  void SetUp() override {
    if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
    if (!find_program("setpriv")) GTEST_SKIP() << "setpriv is not installed";
  }

  static CommandResult run(const std::string& arguments) {
    return run_command({"unshare", "--user", "--map-root-user", "sh", "-c",
                        "echo 0 > /proc/sys/user/max_user_namespaces && "
                        "exec setpriv --bounding-set -net_raw env LC_ALL=C.UTF-8 COLUMNS=100 " +
                            timewait_path() + " run --no-out " + arguments});
  }
};

TEST_F(CellWithoutCapture, SaysWhyAndIsJudgedAllTheSame) {
  const auto result = run(kTimeWaitCell + std::string(" --evidence full --format json"));
  EXPECT_EQ(result.end.number, 0) << result.errors;
  const json record = json::parse(result.output)["records"][0];
  EXPECT_EQ(record["packets"], json({{"not_captured", kReason}}));
  EXPECT_EQ(record["verdict"], "pass");
  EXPECT_EQ(record["isolation"], "net+pid namespaces as root");
  EXPECT_TRUE(events_of(record, "segment").empty());
  EXPECT_FALSE(events_of(record, "table").empty());
  EXPECT_FALSE(events_of(record, "process").empty());
}

TEST_F(CellWithoutCapture, FailsAWrongExpectation) {
  const TemporaryFolder folder;
  const auto file =
      folder.write("wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
  const auto result = run(file);
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("expected bind:EADDRINUSE, got bound"));
}

TEST_F(CellWithoutCapture, IsDrawnWithTheReason) {
  const auto result = run(kTimeWaitCell + std::string(" --trace"));
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("\n! no segments: " + std::string(kReason) + "\n"));
  EXPECT_THAT(result.output, HasSubstr(" TIME_WAIT ┊"));
}

}  // namespace
}  // namespace timewait
