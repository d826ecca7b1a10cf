#include "harness/report/pcapng_block.h"

#include <gmock/gmock.h>

#include "harness/report/test_pcapng.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kLongest = 65535;

ReadBlock only(const std::string& bytes) {
  const auto blocks = read_pcapng(bytes);
  EXPECT_EQ(blocks.size(), 1U);
  return blocks.at(0);
}

std::uint64_t time_of(const ReadBlock& block) {
  return std::uint64_t{block.field<std::uint32_t>(4)} << 32 | block.field<std::uint32_t>(8);
}

std::string comment_of(const std::string& text) {
  return only(pcapng_section(text)).comments().at(0);
}

TEST(PcapngSection, SaysItsByteOrderAndVersion) {
  const ReadBlock block = only(pcapng_section("hello"));
  EXPECT_EQ(block.type, 0x0a0d0d0aU);
  EXPECT_EQ(block.field<std::uint32_t>(0), 0x1a2b3c4dU);
  EXPECT_EQ(block.field<std::uint16_t>(4), 1);
  EXPECT_EQ(block.field<std::uint16_t>(6), 0);
  EXPECT_EQ(block.field<std::int64_t>(8), -1);
  EXPECT_THAT(block.comments(), ElementsAre("hello"));
}

TEST(PcapngInterface, IsEthernetWithTimesInNanoseconds) {
  const ReadBlock block = only(pcapng_interface("lo", 256));
  EXPECT_EQ(block.type, 1U);
  EXPECT_EQ(block.field<std::uint16_t>(0), 1);
  EXPECT_EQ(block.field<std::uint16_t>(2), 0);
  EXPECT_EQ(block.field<std::uint32_t>(4), 256U);
  EXPECT_THAT(block.values(2), ElementsAre("lo"));
  EXPECT_THAT(block.values(9), ElementsAre("\x09"));
}

TEST(PcapngPacket, HasItsTimeItsLengthsAndItsBytes) {
  const ReadBlock block =
      only(pcapng_packet({.since_epoch = std::chrono::nanoseconds(1'700'000'000'123'456'789),
                          .bytes = "frame",
                          .wire_length = 1500,
                          .comments = {"one", "", "two"}}));
  EXPECT_EQ(block.type, 6U);
  EXPECT_EQ(block.field<std::uint32_t>(0), 0U);
  EXPECT_EQ(time_of(block), 1'700'000'000'123'456'789U);
  EXPECT_EQ(block.field<std::uint32_t>(12), 5U);
  EXPECT_EQ(block.field<std::uint32_t>(16), 1500U);
  EXPECT_EQ(block.fields.substr(20), std::string("frame\0\0\0", 8));
  EXPECT_THAT(block.comments(), ElementsAre("one", "", "two"));
}

TEST(PcapngPacket, NeedsNoCommentAndNoByte) {
  const ReadBlock block = only(pcapng_packet({}));
  EXPECT_THAT(block.options, IsEmpty());
  EXPECT_EQ(block.fields.size(), 20U);
}

TEST(PcapngPacket, IsPaddedForEveryLength) {
  for (std::size_t size = 0; size <= 5; ++size)
    for (std::size_t comment = 0; comment <= 5; ++comment) {
      const std::string bytes(size, 'b');
      const std::string text(comment, 'c');
      const ReadBlock block = only(pcapng_packet({.bytes = bytes, .comments = {text, "next"}}));
      EXPECT_EQ(block.fields.substr(20, size), bytes);
      EXPECT_THAT(block.comments(), ElementsAre(text, "next"));
    }
}

TEST(PcapngStatistics, CountWhatWasReceivedAndDropped) {
  const ReadBlock block =
      only(pcapng_statistics({.since_epoch = std::chrono::nanoseconds(1'700'000'000'123'456'789),
                              .received = 258,
                              .dropped = 3}));
  EXPECT_EQ(block.type, 5U);
  EXPECT_EQ(block.field<std::uint32_t>(0), 0U);
  EXPECT_EQ(time_of(block), 1'700'000'000'123'456'789U);
  const std::uint64_t received = 258;
  const std::uint64_t dropped = 3;
  EXPECT_THAT(block.values(4),
              ElementsAre(std::string(reinterpret_cast<const char*>(&received), 8)));
  EXPECT_THAT(block.values(5),
              ElementsAre(std::string(reinterpret_cast<const char*>(&dropped), 8)));
}

TEST(PcapngComment, MayBeAsLongAsAnOption) {
  const std::string longest(kLongest, 'x');
  EXPECT_EQ(comment_of(longest), longest);
  EXPECT_EQ(comment_of(longest + "y"), longest);
}

TEST(PcapngComment, IsCutBetweenCharacters) {
  const struct {
    const char* name;
    std::size_t before;
    const char* character;
    std::size_t kept;
  } rows[] = {
      {"two bytes that fit", kLongest - 2, "é", kLongest},
      {"two bytes, one too many", kLongest - 1, "é", kLongest - 1},
      {"three bytes that fit", kLongest - 3, "→", kLongest},
      {"three bytes, two too many", kLongest - 1, "→", kLongest - 1},
      {"four bytes, one too many", kLongest - 3, "𝄞", kLongest - 3},
  };
  for (const auto& row : rows) {
    const std::string text = std::string(row.before, 'x') + row.character;
    EXPECT_EQ(comment_of(text + "tail"), text.substr(0, row.kept)) << row.name;
  }
  std::string arrows;
  for (int i = 0; i < 30000; ++i) arrows += "→";
  EXPECT_EQ(comment_of(arrows), arrows.substr(0, kLongest / 3 * 3));
}

TEST(PcapngComment, IsUtf8WithoutNul) {
  EXPECT_EQ(comment_of("a\xff"
                       "b"),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(comment_of("cut \xe2\x86"), "cut \xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(comment_of(std::string("a\0b", 3)),
            "a\xef\xbf\xbd"
            "b");
}

}  // namespace
}  // namespace timewait
