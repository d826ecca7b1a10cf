// What Wireshark's own reader makes of the capture files that are written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"
#include "harness/process/child_process.h"
#include "harness/report/pcapng.h"
#include "harness/report/test_capture_record.h"

namespace timewait {
namespace {

using testing::HasSubstr;

/// The same record with other segments alone.
Record record_of(const std::vector<SegmentArrived>& segments) {
  Record record = capture_record();
  record.evidence->timeline.clear();
  for (const SegmentArrived& segment : segments)
    record.evidence->timeline.push_back({.what = segment});
  return record;
}

/// A capture file and the programs of Wireshark that read it. They get an empty home and no
/// environment, so that nobody's settings matter and nobody's files are touched.
class CaptureFile : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* program : {"tshark", "capinfos"})
      if (!find_program(program)) GTEST_SKIP() << program << " is not installed";
  }

  std::string read(std::vector<std::string> command, const Record& record) const {
    const std::string file = folder_.write("cell.pcapng", pcapng(record));
    command.front() = *find_program(command.front());
    command.insert(command.begin(), {"env", "-i", "HOME=" + folder_.path(), "LC_ALL=C.UTF-8"});
    command.push_back(file);
    const CommandResult result = run_command(command);
    EXPECT_EQ(result.end.text(), "exit 0") << result.errors;
    return result.output;
  }

  /// A line for each packet with these fields, and "|" between the fields.
  std::string fields(const std::vector<std::string>& names, const Record& record) const {
    std::vector<std::string> command = {"tshark", "-n", "-T", "fields", "-E", "separator=|"};
    command.insert(command.end(), {"-E", "aggregator=;", "-o", "tcp.check_checksum:TRUE", "-o",
                                   "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"});
    for (const std::string& name : names) command.insert(command.end(), {"-e", name});
    command.emplace_back("-r");
    return read(command, record);
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(CaptureFile, HasTheSegmentsWithTheirTimesToTheNanosecond) {
  EXPECT_EQ(fields({"frame.time_epoch", "tcp.srcport", "tcp.flags", "tcp.len", "frame.cap_len",
                    "frame.len"},
                   capture_record()),
            "1700000000.123458791|40312|0x0002|0|54|54\n"
            "1700000000.123460793|12000|0x0018|400|256|454\n"
            "1700000000.123464797|12000|0x0011|0|54|54\n");
}

TEST_F(CaptureFile, HasTheCommentsBesideTheSegmentsTheyBelongTo) {
  const std::string end = "server 127.0.0.1:12000 -> 127.0.0.1:40312: ";
  EXPECT_EQ(fields({"tcp.flags", "frame.comment"}, capture_record()),
            "0x0002|step 1: server runs message_server;server starts message_server\n"
            "0x0018|" +
                end +
                "ESTABLISHED\n"
                "0x0011|step 2: server gets SIGKILL;server gets SIGKILL;" +
                end + "ESTABLISHED -> FIN_WAIT1;then: " + end +
                "FIN_WAIT1 -> TIME_WAIT;then: attempt: bind(0.0.0.0:12000) = -1 EADDRINUSE;"
                "then: outcome bind:EADDRINUSE, verdict pass\n");
}

TEST_F(CaptureFile, IsMalformedOnlyWhereAFrameIs) {
  EXPECT_EQ(read({"tshark", "-n", "-Y", "_ws.malformed", "-r"}, capture_record()), "");
  const SegmentArrived damaged{.frame = frame_of({}).substr(0, 24)};
  EXPECT_NE(read({"tshark", "-n", "-Y", "_ws.malformed", "-r"}, record_of({damaged})), "");
}

TEST_F(CaptureFile, HasSegmentsOfIpv6AndDatagrams) {
  Segment segment{.from = *Endpoint::parse("[::1]:12000"),
                  .to = *Endpoint::parse("[::1]:40312"),
                  .flags = 0x11,
                  .length = 400};
  Segment datagram = segment;
  datagram.kind = Segment::Kind::udp;
  EXPECT_EQ(fields({"ipv6.src", "tcp.len", "udp.length", "frame.cap_len", "frame.len",
                    "tcp.checksum.status", "udp.checksum.status"},
                   record_of({arrived(segment, 256), arrived(segment), arrived(datagram)})),
            "::1|400||256|474|2|\n"
            "::1|400||474|474|1|\n"
            "::1||408|462|462||1\n");
}

TEST_F(CaptureFile, IsReadToItsEndWhateverTheCommentsAreLike) {
  Record record = capture_record();
  for (int i = 0; i < 30000; ++i) record.steps[0].text += "→";
  record.steps[1].text = "no UTF-8: \xff, a NUL: ";
  record.steps[1].text.push_back('\0');
  const std::string text = fields({"frame.number", "frame.comment"}, record);
  EXPECT_THAT(text, HasSubstr("2|server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED\n"));
  EXPECT_THAT(text, HasSubstr("3|step 2: no UTF-8: \ufffd, a NUL: \ufffd;server gets"));
}

TEST_F(CaptureFile, HasChecksumsThatCanBeSeenToBeRight) {
  constexpr const char* kGoodAndNotToBeKnownWhereItWasCut = "1|1\n1|2\n1|1\n";
  EXPECT_EQ(fields({"ip.checksum.status", "tcp.checksum.status"}, capture_record()),
            kGoodAndNotToBeKnownWhereItWasCut);
}

TEST_F(CaptureFile, SaysWhatWasRunAndHowItWasCaptured) {
  const std::string about = read({"capinfos"}, capture_record());
  EXPECT_THAT(about, HasSubstr("Wireshark/... - pcapng\n"));
  EXPECT_THAT(about,
              HasSubstr("server-closes-first/first=plain,rebind=plain The server closes first "
                        "verdict pass outcome bind:EADDRINUSE (expected bind:EADDRINUSE)\n"));
  EXPECT_THAT(about, HasSubstr("Name = lo\n"));
  EXPECT_THAT(about, HasSubstr("Capture length = 256\n"));
  EXPECT_THAT(about, HasSubstr("Time precision = nanoseconds (9)\n"));
  EXPECT_THAT(about, HasSubstr("Number of stat entries = 1\n"));
  EXPECT_THAT(about, HasSubstr("Number of packets = 3\n"));
}

TEST_F(CaptureFile, OpensWithoutAnySegment) {
  Record record = capture_record();
  std::erase_if(record.evidence->timeline, [](const Event& event) {
    return std::holds_alternative<SegmentArrived>(event.what);
  });
  EXPECT_EQ(fields({"frame.number"}, record), "");
  EXPECT_THAT(read({"capinfos"}, record), HasSubstr("outcome bind:EADDRINUSE, verdict pass"));
}

}  // namespace
}  // namespace timewait
