// timewait run --pcap: what Wireshark's own reader finds in the capture file of a real run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

/// The capture file of one run, and tshark, which gets an empty home and no environment.
class CaptureOfARun : public testing::Test {
 protected:
  void SetUp() override {
    tshark_ = find_program("tshark");
    if (!tshark_) GTEST_SKIP() << "tshark is not installed";
    if (lacks_capture(record_of({kTimeWaitCell, "--evidence", "full"})))
      GTEST_SKIP() << "segments cannot be captured here";
  }

  CommandResult run(const std::string& cell) const {
    return run_timewait({"run", cell, "--no-out", "--pcap", file_});
  }

  /// A line for each packet that `filter` lets through, with these fields, "|" between them.
  std::string packets(const std::string& filter, const std::vector<std::string>& fields) const {
    std::vector<std::string> command = {"env", "-i", "HOME=" + folder_.path(), "LC_ALL=C.UTF-8",
                                        *tshark_};
    command.insert(command.end(), {"-n", "-r", file_, "-Y", filter, "-T", "fields", "-E",
                                   "separator=|", "-E", "aggregator=;"});
    for (const std::string& field : fields) command.insert(command.end(), {"-e", field});
    const CommandResult result = run_command(command);
    EXPECT_EQ(result.end.text(), "exit 0") << result.errors;
    return result.output;
  }

 private:
  TemporaryFolder folder_;
  std::string file_ = folder_.path() + "/cell.pcapng";
  std::optional<std::string> tshark_;
};

TEST_F(CaptureOfARun, HasTheFinOfEachEndAndTheirAcks) {
  const auto result = run(kTimeWaitCell);
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("1 pass")) << "the matrix is printed as ever";
  EXPECT_EQ(packets("tcp.flags.syn == 1", {"tcp.dstport", "tcp.flags"}).substr(0, 13),
            "12000|0x0002\n");
  EXPECT_THAT(packets("tcp.flags.fin == 1", {"tcp.srcport", "tcp.seq", "tcp.ack"}),
              ContainsRegex("^12000\\|41\\|41\n[0-9]+\\|41\\|42\n$"));
  EXPECT_EQ(packets("tcp.srcport == 12000 && tcp.ack == 42", {"tcp.flags", "tcp.len"}),
            "0x0010|0\n");
  EXPECT_EQ(packets("_ws.malformed", {"frame.number"}), "");
}

TEST_F(CaptureOfARun, HasStepsAndTheOutcomeInItsComments) {
  run(kTimeWaitCell);
  const std::string comments = packets("frame.comment", {"frame.comment"});
  for (const char* step :
       {"step 1: server runs message_server with plain", "step 2: client runs message_client",
        "step 7: server gets SIGCONT", "step 9: await server FIN_WAIT2"})
    EXPECT_THAT(comments, HasSubstr(step));
  EXPECT_THAT(comments, ContainsRegex("server 127\\.0\\.0\\.1:12000 -> 127\\.0\\.0\\.1:[0-9]+: "
                                      "[A-Z_0-9]+ -> FIN_WAIT2"));
  EXPECT_THAT(comments, HasSubstr("then: attempt: bind(0.0.0.0:12000) = -1 EADDRINUSE;"
                                  "then: outcome bind:EADDRINUSE, verdict pass\n"));
}

TEST_F(CaptureOfARun, HasTheResetOfAServerThatLeftDataUnread) {
  run("unread-request/first=plain,rebind=plain");
  EXPECT_EQ(packets("tcp.flags.reset == 1", {"tcp.srcport"}), "12000\n");
  EXPECT_EQ(packets("tcp.flags.fin == 1", {"tcp.srcport"}), "");
}

TEST(CaptureOfARunWithoutAPlace, IsRefusedWithTheReason) {
  const auto result =
      run_timewait({"run", kTimeWaitCell, "--no-out", "--pcap", "/nowhere/cell.pcapng"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors,
            "timewait: cannot write /nowhere/cell.pcapng: No such file or directory\n");
}

}  // namespace
}  // namespace timewait
