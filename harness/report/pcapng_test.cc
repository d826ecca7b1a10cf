#include "harness/report/pcapng.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"
#include "harness/report/test_capture_record.h"
#include "harness/report/test_pcapng.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::Property;

constexpr std::uint32_t kSection = 0x0a0d0d0a;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kStatistics = 5;
constexpr std::uint32_t kPacket = 6;

std::vector<std::uint32_t> types_of(const std::vector<ReadBlock>& blocks) {
  std::vector<std::uint32_t> types;
  for (const ReadBlock& block : blocks) types.push_back(block.type);
  return types;
}

std::string section_comment(const Record& record) {
  return read_pcapng(pcapng(record)).at(0).comments().at(0);
}

std::uint64_t number(const std::string& bytes) {
  std::string_view rest = bytes;
  return take_number<std::uint64_t>(rest);
}

std::uint64_t time_of(const ReadBlock& block) {
  return std::uint64_t{block.field<std::uint32_t>(4)} << 32 | block.field<std::uint32_t>(8);
}

Record without_segments() {
  Record record = capture_record();
  std::erase_if(record.evidence->timeline, [](const Event& event) {
    return std::holds_alternative<SegmentArrived>(event.what);
  });
  return record;
}

TEST(Pcapng, HasASectionAnInterfaceThePacketsAndTheirStatistics) {
  EXPECT_THAT(types_of(read_pcapng(pcapng(capture_record()))),
              ElementsAre(kSection, kInterface, kPacket, kPacket, kPacket, kStatistics));
}

TEST(Pcapng, SaysWhatWasRunAndWhatCameOfIt) {
  EXPECT_EQ(section_comment(capture_record()),
            "server-closes-first/first=plain,rebind=plain\n"
            "The server closes first\n"
            "verdict pass\n"
            "outcome bind:EADDRINUSE (expected bind:EADDRINUSE)");
}

TEST(Pcapng, SaysWhyACellDidNotPass) {
  Record record = capture_record();
  record.verdict = Verdict::error;
  record.reason = "server did not end";
  record.outcome.reset();
  EXPECT_THAT(section_comment(record), testing::EndsWith("verdict error: server did not end\n"
                                                         "no outcome (expected bind:EADDRINUSE)"));
}

TEST(Pcapng, SaysWhatIsMissing) {
  Record record = capture_record();
  record.evidence->capture = CaptureCounts{.kept = 3, .dropped = 2, .left_out = 1};
  EXPECT_THAT(
      section_comment(record),
      testing::EndsWith("\nsegments are missing: 2 dropped by the kernel, 1 beyond what is kept"));
  const ReadBlock statistics = read_pcapng(pcapng(record)).back();
  EXPECT_THAT(statistics.values(4), ElementsAre(testing::ResultOf(number, 6U)));
  EXPECT_THAT(statistics.values(5), ElementsAre(testing::ResultOf(number, 2U)));
}

TEST(Pcapng, TellsBesideEachPacketWhatHappenedSinceTheOneBefore) {
  const auto blocks = read_pcapng(pcapng(capture_record()));
  EXPECT_THAT(blocks[2].comments(),
              ElementsAre("step 1: server runs message_server", "server starts message_server"));
  EXPECT_THAT(blocks[3].comments(),
              ElementsAre("server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED"));
  EXPECT_THAT(blocks[4].comments(),
              ElementsAre("step 2: server gets SIGKILL", "server gets SIGKILL",
                          "server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED -> FIN_WAIT1",
                          "then: server 127.0.0.1:12000 -> 127.0.0.1:40312: FIN_WAIT1 -> TIME_WAIT",
                          "then: attempt: bind(0.0.0.0:12000) = -1 EADDRINUSE",
                          "then: outcome bind:EADDRINUSE, verdict pass"));
}

TEST(Pcapng, StampsPacketsWithTheSystemTime) {
  const auto blocks = read_pcapng(pcapng(capture_record()));
  EXPECT_EQ(time_of(blocks[2]), 1'700'000'000'123'458'791U);
  EXPECT_EQ(time_of(blocks[3]), 1'700'000'000'123'460'793U);
  EXPECT_EQ(time_of(blocks[5]), 1'700'000'000'123'476'789U);
}

TEST(Pcapng, GivesTheTrueLengthOfAFrameThatWasCut) {
  const auto blocks = read_pcapng(pcapng(capture_record()));
  constexpr std::size_t kCaptured = 12;
  constexpr std::size_t kOnTheWire = 16;
  EXPECT_EQ(blocks[1].field<std::uint32_t>(4), 256U) << "snap length";
  EXPECT_EQ(blocks[2].field<std::uint32_t>(kCaptured), 54U);
  EXPECT_EQ(blocks[2].field<std::uint32_t>(kOnTheWire), 54U);
  EXPECT_EQ(blocks[3].field<std::uint32_t>(kCaptured), 256U);
  EXPECT_EQ(blocks[3].field<std::uint32_t>(kOnTheWire), 454U);
}

TEST(Pcapng, GivesNoSnapLengthWhereNothingWasCut) {
  Record record = capture_record();
  std::erase_if(record.evidence->timeline, [](const Event& event) {
    const auto* segment = std::get_if<SegmentArrived>(&event.what);
    return segment != nullptr && segment->segment.length != 0;
  });
  EXPECT_EQ(read_pcapng(pcapng(record))[1].field<std::uint32_t>(4), 0U);
}

TEST(Pcapng, TellsItAllInTheSectionWhereThereIsNoPacket) {
  const auto blocks = read_pcapng(pcapng(without_segments()));
  EXPECT_THAT(types_of(blocks), ElementsAre(kSection, kInterface));
  EXPECT_THAT(blocks[0].comments(),
              ElementsAre("server-closes-first/first=plain,rebind=plain\n"
                          "The server closes first\n"
                          "verdict pass\n"
                          "outcome bind:EADDRINUSE (expected bind:EADDRINUSE)\n"
                          "step 1: server runs message_server\n"
                          "server starts message_server\n"
                          "server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED\n"
                          "step 2: server gets SIGKILL\n"
                          "server gets SIGKILL\n"
                          "server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED -> FIN_WAIT1\n"
                          "server 127.0.0.1:12000 -> 127.0.0.1:40312: FIN_WAIT1 -> TIME_WAIT\n"
                          "attempt: bind(0.0.0.0:12000) = -1 EADDRINUSE\n"
                          "outcome bind:EADDRINUSE, verdict pass"));
}

TEST(Pcapng, SaysWhySegmentsCouldNotBeCaptured) {
  Record record = without_segments();
  record.evidence->capture.reset();
  record.evidence->no_capture = "Operation not permitted";
  EXPECT_THAT(section_comment(record),
              testing::HasSubstr("\nno segments: Operation not permitted\nstep 1:"));
}

TEST(Pcapng, RefusesARecordWithoutEvidence) {
  Record record = capture_record();
  record.evidence.reset();
  EXPECT_THAT([&] { pcapng(record); },
              testing::Throws<BadInput>(Property(
                  &BadInput::what, testing::StrEq("the record of server-closes-first/first=plain,"
                                                  "rebind=plain holds no segments; run it with "
                                                  "--evidence full"))));
}

}  // namespace
}  // namespace timewait
