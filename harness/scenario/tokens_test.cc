#include "harness/scenario/tokens.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace timewait {
namespace {

/// "word@column word@column" of a line that begins in column 5.
std::string words_of(std::string_view text) {
  std::string all;
  for (const Token& token : tokens_of({.at = {.line = 1, .column = 5}, .text = text}))
    all += fmt::format("{}{}@{}", all.empty() ? "" : " ", token.text, token.column);
  return all;
}

TEST(Tokens, AreTheWordsOfALineWithTheirColumns) {
  const struct {
    const char* name;
    const char* line;
    const char* words;
  } rows[] = {
      {"nothing", "", ""},
      {"blanks only", " \t ", ""},
      {"one word", "server", "server@5"},
      {"several blanks between", "server   exits", "server@5 exits@14"},
      {"blanks around", "  server exits  ", "server@7 exits@14"},
      {"tabs", "server\texits", "server@5 exits@12"},
      {"a line from Windows", "server exits\r", "server@5 exits@12"},
      {"a comment only", "# server exits", ""},
      {"a comment behind", "server exits # at last", "server@5 exits@12"},
      {"a # within a word", "client types a#b", "client@5 types@12 a#b@18"},
  };
  for (const auto& row : rows) EXPECT_EQ(words_of(row.line), row.words) << row.name;
}

}  // namespace
}  // namespace timewait
