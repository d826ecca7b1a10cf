#include "harness/report/characters.h"

#include <gtest/gtest.h>

#include <vector>

namespace timewait {
namespace {

std::vector<std::string> characters_of(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) all.emplace_back(take_character(text).bytes);
  return all;
}

TEST(Character, IsTakenWithAllItsBytes) {
  EXPECT_EQ(characters_of("aé你"), (std::vector<std::string>{"a", "é", "你"}));
  std::string_view text = "你";
  EXPECT_EQ(take_character(text).value, U'你');
}

TEST(Character, HasNoValueWhereAByteIsNoUtf8) {
  std::string_view text =
      "\xff"
      "a";
  const Character broken = take_character(text);
  EXPECT_EQ(broken.bytes, "\xff");
  EXPECT_FALSE(broken.value);
  EXPECT_EQ(text, "a");
}

TEST(Character, MayBeNul) {
  std::string_view text("\0a", 2);
  EXPECT_EQ(take_character(text).value, U'\0');
  EXPECT_EQ(text, "a");
}

TEST(InOneLine, LeavesNoControlCharacters) {
  EXPECT_EQ(in_one_line("a\nb\tc\x1b[2J\x7f"
                        "你"),
            "a b c [2J 你");
  EXPECT_EQ(in_one_line("\u009b31m\x9b"), "\uFFFD31m\uFFFD");
}

TEST(TerminalText, HasNoSequencesButColours) {
  EXPECT_EQ(terminal_text("\x1b[1;31mred\x1b[0m\n"), "\x1b[1;31mred\x1b[0m\n");
  EXPECT_EQ(terminal_text("a\x1b[2J\x1b]0;title\x07\x1b"), "a\uFFFD[2J\uFFFD]0;title\uFFFD\uFFFD");
  EXPECT_EQ(terminal_text("\x1b[31\x1b[31m\u009b2J"), "\uFFFD[31\x1b[31m\uFFFD2J");
  EXPECT_EQ(terminal_text(""), "");
}

TEST(Printable, ReplacesWhatAFormatCannotHold) {
  const struct {
    const char* name;
    std::string text;
    std::string printable;
  } rows[] = {
      {"text, newline and tab", "a\n\té 你 😀", "a\n\té 你 😀"},
      {"controls", std::string("\0\x01\r\x1b\x7f", 5), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"controls of two bytes", "\u0085\u009b", "\uFFFD\uFFFD"},
      {"line separators", "\u2028\u2029", "\uFFFD\uFFFD"},
      {"no characters", "\uFFFE\uFFFF", "\uFFFD\uFFFD"},
      {"no UTF-8", "a\xff\xe4\xbd", "a\uFFFD\uFFFD\uFFFD"},
      {"a surrogate", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
  };
  for (const auto& row : rows) EXPECT_EQ(printable(row.text), row.printable) << row.name;
}

}  // namespace
}  // namespace timewait
