#include "harness/run/saying_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
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

TEST(SayingJson, CanBeReadBack) {
  EXPECT_EQ(read_explanation(Json::parse(kText)), kExplanation);
  EXPECT_EQ(read_explanation(Json::parse("[]")), Explanation{});
}

TEST(SayingJson, RefusesWhatCannotBeTold) {
  const struct {
    const char* json;
    const char* message;
  } rows[] = {
      {R"([["no_such_phrase"]])", "there is no phrase \"no_such_phrase\""},
      {R"([["held_by", "127.0.0.1:80"]])", "\"held_by\" takes 3, not 1"},
      {R"([["had_neither", "more"]])", "\"had_neither\" takes 0, not 1"},
      {R"([["rule", "no_such_rule"]])", "there is no such rule"},
      {R"([["rule", ["had_neither"]]])", "there is no such rule"},
  };
  for (const auto& row : rows)
    EXPECT_THAT([&] { read_explanation(Json::parse(row.json)); },
                ThrowsMessage<BadInput>(row.message));
  for (const char* json : {R"([[]])", R"([[1]])", R"(["held_by"])", R"([["had", 1]])"})
    EXPECT_THROW(read_explanation(Json::parse(json)), nlohmann::json::exception) << json;
}

}  // namespace
}  // namespace timewait
