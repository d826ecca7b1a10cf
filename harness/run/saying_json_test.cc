#include "harness/run/saying_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::ThrowsMessage;

const Explanation kExplanation = {
    {.phrase = Phrase::held_by,
     .arguments = {"127.0.0.1:5120",
                   Saying{.phrase = Phrase::an_entry_left, .arguments = {"TIME_WAIT", "60"}},
                   Saying{.phrase = Phrase::had_neither}}},
    saying_of(Rule::one_connection_per_tuple)};

constexpr const char* kText =
    R"([["held_by","127.0.0.1:5120",["an_entry_left","TIME_WAIT","60"],["had_neither"]],)"
    R"(["rule","one_connection_per_tuple"]])";

TEST(SayingJson, NamesThePhraseAndWhatStandsInItsPlaces) {
  EXPECT_EQ(to_json(kExplanation).dump(), kText);
}

Explanation read(const std::string& text) {
  return read_explanation(KeptDocument("explanation", text).root());
}

TEST(SayingJson, CanBeReadBack) {
  EXPECT_EQ(read(kText), kExplanation);
  EXPECT_EQ(read("[]"), Explanation{});
}

TEST(SayingJson, RefusesWhatCannotBeTold) {
  const struct {
    const char* json;
    const char* message;
  } rows[] = {
      {R"([["no_such_phrase"]])", "[0][0]: \"no_such_phrase\" is no phrase"},
      {R"([["held_by", "127.0.0.1:80"]])", "[0]: \"held_by\" takes 3, not 1"},
      {R"([["had_neither", "more"]])", "[0]: \"had_neither\" takes 0, not 1"},
      {R"([["rule", "no_such_rule"]])", "[0]: there is no such rule"},
      {R"([["rule", ["had_neither"]]])", "[0]: there is no such rule"},
      {R"([[]])", "[0]: it names no phrase"},
      {R"([[1]])", "[0][0]: 1 is no text"},
      {R"(["held_by"])", "[0]: \"held_by\" is no list"},
      {R"([["had_neither", 1]])", "[0][1]: 1 is no text"},
      {R"({})", "an object is no list"},
  };
  for (const auto& row : rows)
    EXPECT_THAT([&] { read(row.json); },
                ThrowsMessage<BadInput>(std::string("this is no explanation: ") + row.message));
}

}  // namespace
}  // namespace timewait
