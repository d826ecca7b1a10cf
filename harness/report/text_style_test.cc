#include "harness/report/text_style.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>

#include <clocale>

#include "harness/base/test_variable.h"
#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

constexpr TextStyle kAscii{.unicode = false};
constexpr TextStyle kUnicode{.unicode = true};

UniqueFd open_file() { return UniqueFd(::open("/dev/null", O_RDWR | O_CLOEXEC)); }
UniqueFd open_terminal() { return UniqueFd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)); }

TEST(TextStyle, HasColourWhereTheEnvironmentAllowsIt) {
  const struct {
    const char* name;
    bool terminal;
    const char* term;
    const char* no_color;
    const char* clicolor_force;
    bool colour;
  } rows[] = {
      {"a terminal", true, "xterm", nullptr, nullptr, true},
      {"a file", false, "xterm", nullptr, nullptr, false},
      {"a dumb terminal", true, "dumb", nullptr, nullptr, false},
      {"a terminal without a name", true, nullptr, nullptr, nullptr, false},
      {"a terminal and NO_COLOR", true, "xterm", "1", nullptr, false},
      {"a terminal and an empty NO_COLOR", true, "xterm", "", nullptr, true},
      {"a file and CLICOLOR_FORCE", false, "xterm", nullptr, "1", true},
      {"a file and CLICOLOR_FORCE=0", false, "xterm", nullptr, "0", false},
      {"both, of which NO_COLOR wins", true, "xterm", "1", "1", false},
  };
  const UniqueFd file = open_file();
  const UniqueFd terminal = open_terminal();
  if (!terminal) GTEST_SKIP() << "there are no pseudo-terminals here";
  for (const auto& row : rows) {
    const TestVariable term("TERM", row.term);
    const TestVariable no_color("NO_COLOR", row.no_color);
    const TestVariable clicolor_force("CLICOLOR_FORCE", row.clicolor_force);
    const int fd = row.terminal ? terminal.get() : file.get();
    EXPECT_EQ(text_style_of(fd).colour, row.colour) << row.name;
  }
}

TEST(TextStyle, IsAsWideAsTheTerminal) {
  const TestVariable columns("COLUMNS", nullptr);
  const UniqueFd terminal = open_terminal();
  if (!terminal) GTEST_SKIP() << "there are no pseudo-terminals here";
  const winsize size{.ws_row = 24, .ws_col = 77, .ws_xpixel = 0, .ws_ypixel = 0};
  ASSERT_EQ(::ioctl(terminal.get(), TIOCSWINSZ, &size), 0);
  EXPECT_EQ(text_style_of(terminal.get()).width, 77);
}

TEST(TextStyle, IsAHundredColumnsWideForAFileUnlessColumnsSaysOtherwise) {
  const UniqueFd file = open_file();
  const struct {
    const char* columns;
    int width;
  } rows[] = {{nullptr, 100}, {"", 100},  {"many", 100},     {"0", 100},
              {"132", 132},   {"10", 40}, {"99999999", 1000}};
  for (const auto& row : rows) {
    const TestVariable columns("COLUMNS", row.columns);
    EXPECT_EQ(text_style_of(file.get()).width, row.width) << row.width;
  }
}

TEST(TextStyle, HasUnicodeWhereTheLocaleHas) {
  const UniqueFd file = open_file();
  EXPECT_FALSE(text_style_of(file.get()).unicode);
  if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) GTEST_SKIP() << "there is no C.UTF-8 here";
  EXPECT_TRUE(text_style_of(file.get()).unicode);
  std::setlocale(LC_CTYPE, "C");
}

TEST(Paint, ChangesNothingWithoutColour) {
  EXPECT_EQ(paint({.colour = false}, Colour::red, "text"), "text");
  EXPECT_EQ(paint({.colour = true}, Colour::none, "text"), "text");
}

TEST(Paint, EndsEveryColour) {
  EXPECT_EQ(paint({.colour = true}, Colour::green, "text"), "\033[32mtext\033[0m");
}

TEST(DisplayWidth, CountsTheColumnsOfATerminal) {
  const struct {
    const char* name;
    const char* text;
    int width;
  } rows[] = {
      {"nothing", "", 0},
      {"ASCII", "bound", 5},
      {"accents", "Größe", 5},
      {"combining accents", "e\u0301", 1},
      {"Chinese", "四次挥手", 8},
      {"marks", "✓✗–…", 4},
      {"a byte that is no UTF-8",
       "a\xff"
       "b",
       3},
      {"a character cut short", "\xe5\x9b", 2},
  };
  for (const auto& row : rows) EXPECT_EQ(display_width(row.text), row.width) << row.name;
}

TEST(Padded, FillsUpToTheWidth) {
  EXPECT_EQ(padded("ab", 4), "ab  ");
  EXPECT_EQ(padded("四", 4), "四  ");
  EXPECT_EQ(padded("e\u0301", 2), "e\u0301 ");
  EXPECT_EQ(padded("abcd", 4), "abcd");
  EXPECT_EQ(padded("abcde", 4), "abcde");
}

TEST(Shortened, KeepsWhatFits) {
  EXPECT_EQ(shortened("abcd", 4, kUnicode), "abcd");
  EXPECT_EQ(shortened("四次", 4, kUnicode), "四次");
}

TEST(Shortened, PutsAnEllipsisWhereSomethingIsCut) {
  EXPECT_EQ(shortened("abcde", 4, kUnicode), "abc…");
  EXPECT_EQ(shortened("abcde", 4, kAscii), "a...");
  EXPECT_EQ(shortened("四次挥手", 6, kUnicode), "四次…");
  EXPECT_EQ(shortened("四次挥手", 5, kUnicode), "四次…");
  EXPECT_EQ(shortened("四次挥手", 4, kUnicode), "四…");
}

TEST(Wrapped, BreaksAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 20, 2), "one two three");
  EXPECT_EQ(wrapped("one two three", 7, 0), "one two\nthree");
  EXPECT_EQ(wrapped("one two three", 6, 0), "one\ntwo\nthree");
  EXPECT_EQ(wrapped("", 6, 2), "");
}

TEST(Wrapped, IndentsEachLineAfterTheFirst) {
  EXPECT_EQ(wrapped("one two three four", 9, 2), "one two\n  three\n  four");
}

TEST(Wrapped, CountsColumnsAndNotBytes) {
  EXPECT_EQ(wrapped("四次 挥手 end", 9, 0), "四次 挥手\nend");
  EXPECT_EQ(wrapped("é é é", 5, 0), "é é é");
}

TEST(Wrapped, BreaksBetweenWideCharacters) {
  EXPECT_EQ(wrapped("四次挥手", 4, 0), "四次\n挥手");
  EXPECT_EQ(wrapped("四次挥手", 7, 2), "四次挥\n  手");
  EXPECT_EQ(wrapped("用bind()绑定", 6, 0), "用\nbind()\n绑定");
  EXPECT_EQ(wrapped("由 TIME_WAIT 占用", 12, 0), "由 TIME_WAIT\n占用");
  EXPECT_EQ(wrapped("由 TIME_WAIT 占用", 15, 0), "由 TIME_WAIT 占\n用");
}

TEST(Wrapped, KeepsPunctuationWithWhatItBelongsTo) {
  const struct {
    const char* text;
    int width;
    const char* lines;
  } rows[] = {
      {"占用端口。", 8, "占用端\n口。"},
      {"占用，端口", 4, "占\n用，\n端口"},
      {"占用；端口：重启", 6, "占用；\n端口：\n重启"},
      {"占用（端口）重启", 6, "占用\n（端\n口）重\n启"},
      {"占用“端口”重启", 6, "占用\n“端口”\n重启"},
      {"绑定（TIME_WAIT）。端口", 13, "绑定\n（TIME_WAIT）。\n端口"},
      {"占用——端口", 4, "占\n用——\n端口"},
  };
  for (const auto& row : rows) EXPECT_EQ(wrapped(row.text, row.width, 0), row.lines) << row.text;
}

TEST(Wrapped, LeavesAWordWholeThatIsTooLong) {
  EXPECT_EQ(wrapped("a bind:EADDRINUSE b", 8, 0), "a\nbind:EADDRINUSE\nb");
}

}  // namespace
}  // namespace timewait
