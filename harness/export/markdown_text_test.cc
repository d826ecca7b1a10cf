#include "harness/export/markdown_text.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

TEST(MarkdownText, HasNoActiveCharacters) {
  EXPECT_EQ(markdown_text("a|b `c` <d> *e* _f_ [g](h) &amp; \\ ~i~ #1 $x$"),
            "a\\|b \\`c\\` \\<d\\> \\*e\\* \\_f\\_ \\[g\\](h) \\&amp; \\\\ \\~i\\~ \\#1 \\$x\\$");
  EXPECT_EQ(markdown_text("a\nb\r\x01\xff"), "a b  \uFFFD");
}

TEST(MarkdownCode, IsBetweenBackticksUnlessItHoldsWhatEndsIt) {
  EXPECT_EQ(markdown_code("bind:EADDRINUSE"), "`bind:EADDRINUSE`");
  EXPECT_EQ(markdown_code("a<b>*\n"), "`a<b>* `");
  EXPECT_EQ(markdown_code("a`b|<c>"), "<code>a&#96;b&#124;&#60;c&#62;</code>");
}

TEST(MarkdownBlock, HasAFenceLongerThanAnyInIt) {
  EXPECT_EQ(markdown_block("a ` b\n"), "```text\na ` b\n```\n");
  EXPECT_EQ(markdown_block("````\n"), "`````text\n````\n`````\n");
}

}  // namespace
}  // namespace timewait
