#include "harness/scenario/source_text.h"

#include <gmock/gmock.h>

#include "harness/base/temporary_folder.h"

namespace timewait {
namespace {

std::string message_at(const std::string& text, Position at) {
  return ScenarioError(SourceText("folder/a.toml", text), at, "this is wrong").what();
}

TEST(SourceText, GivesItsLinesByNumber) {
  const SourceText source("a.toml", "one\n\nthree");
  EXPECT_EQ(source.line(1), "one");
  EXPECT_EQ(source.line(2), "");
  EXPECT_EQ(source.line(3), "three");
  EXPECT_EQ(source.line(4), "");
}

TEST(SourceText, OfAFileThatCannotBeReadSaysWhy) {
  EXPECT_THAT([] { SourceText::of_file("/no/such/file.toml"); },
              testing::ThrowsMessage<Error>("cannot read /no/such/file.toml: No such file or "
                                            "directory"));
}

TEST(SourceText, OfAFolderIsAnError) {
  EXPECT_THAT([] { SourceText::of_file("/proc/self"); },
              testing::ThrowsMessage<Error>("cannot read /proc/self: Is a directory"));
}

TEST(SourceText, OfAFileThatIsNoTextIsAnError) {
  const TemporaryFolder folder;
  folder.write("a.toml", std::string("one\ntwo\0three", 13));
  const std::string path = folder.path() + "/a.toml";
  EXPECT_THAT([&] { SourceText::of_file(path); },
              testing::ThrowsMessage<BadInput>(path + " is no text: it has a byte 0 in line 2"));
}

TEST(SourceText, OfAFileThatIsMuchTooLargeIsAnError) {
  const TemporaryFolder folder;
  folder.write("a.toml", std::string((1 << 20) + 1, 'a'));
  const std::string path = folder.path() + "/a.toml";
  EXPECT_THAT([&] { SourceText::of_file(path); },
              testing::ThrowsMessage<BadInput>(path + " is larger than 1048576 bytes"));
}

TEST(SourceText, OfAnEmptyFileIsEmpty) { EXPECT_EQ(SourceText::of_file("/dev/null").text(), ""); }

TEST(ScenarioError, ShowsThePlaceTheLineAndACaret) {
  EXPECT_EQ(message_at("first\nsecond line\nthird", {.line = 2, .column = 8}),
            "folder/a.toml:2:8: this is wrong\n"
            "  second line\n"
            "         ^");
}

TEST(ScenarioError, PutsTheCaretUnderTheFirstColumnUnlessToldOtherwise) {
  EXPECT_EQ(message_at("first\nsecond", {}),
            "folder/a.toml:1:1: this is wrong\n"
            "  first\n"
            "  ^");
}

TEST(ScenarioError, KeepsTabsSoThatTheCaretStandsRight) {
  EXPECT_EQ(message_at("\tone\ttwo", {.line = 1, .column = 6}),
            "folder/a.toml:1:6: this is wrong\n"
            "  \tone\ttwo\n"
            "  \t   \t^");
}

TEST(ScenarioError, CountsACharacterOfSeveralBytesAsOneColumnOfTheCaret) {
  EXPECT_EQ(message_at("Größe wrong", {.line = 1, .column = 9}),
            "folder/a.toml:1:9: this is wrong\n"
            "  Größe wrong\n"
            "        ^");
}

TEST(ScenarioError, MayStandBehindTheEndOfALine) {
  EXPECT_EQ(message_at("one", {.line = 1, .column = 5}),
            "folder/a.toml:1:5: this is wrong\n"
            "  one\n"
            "      ^");
}

}  // namespace
}  // namespace timewait
