#include "harness/run/kept_json.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::ElementsAre;

/// What is said when `read` is given the root of a text; empty when it takes it.
template <typename Read>
std::string refusal(const std::string& text, Read read) try {
  read(KeptDocument("letter", text).root());
  return "";
} catch (const BadInput& error) {
  return error.what();
}

std::string refusal(const std::string& text) {
  return refusal(text, [](const KeptValue&) {});
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string object_with_keys(int count) {
  std::string text = "{";
  for (int i = 0; i < count; ++i)
    text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":[0,0]";
  return text + "}";
}

TEST(KeptJson, GivesWhatItHolds) {
  const KeptDocument document(
      "letter", R"({"text": "a", "number": -7, "flag": true, "list": ["b", "c"], "none": null})");
  const KeptValue root = document.root();
  EXPECT_EQ(root.at("text").text(), "a");
  EXPECT_EQ(root.at("number").number<int>(), -7);
  EXPECT_TRUE(root.at("flag").flag());
  EXPECT_THAT(root.at("list").texts(), ElementsAre("b", "c"));
  EXPECT_FALSE(root.find("none"));
  EXPECT_FALSE(root.find("missing"));
  EXPECT_EQ(root.at("none").optional([](const KeptValue& value) { return value.text(); }),
            std::nullopt);
  EXPECT_EQ(root.members().at(3).first, "list");
}

TEST(KeptJson, ReadsWhatIsNestedAsOursIs) {
  EXPECT_EQ(refusal(R"({"a": [{"b": "[[[\"[["}]})"), "");
  EXPECT_EQ(refusal(nested(100)), "");
}

TEST(KeptJson, RefusesWhatNoStackCouldHold) {
  const std::string text = "this is no letter: its values are nested more than 100 deep";
  EXPECT_EQ(refusal(nested(101)), text);
  EXPECT_EQ(refusal(std::string(1'000'000, '{')), text);
}

TEST(KeptJson, RefusesMoreKeysThanCanBeLookedThrough) {
  EXPECT_EQ(refusal(object_with_keys(1000)), "");
  EXPECT_EQ(refusal(object_with_keys(1001)),
            "this is no letter: an object in it has more than 1000 keys");
}

TEST(KeptJson, SaysFromWhereOnATextIsNoJson) {
  const struct {
    const char* text;
    const char* message;
  } rows[] = {
      {"", "its JSON ends in the middle"},
      {"{\"a\": 1", "its JSON ends in the middle"},
      {"[\"]", "its JSON ends in the middle"},
      {"nonsense", "it is no JSON from column 2 on"},
      {"{\"a\": 1} {", "it is no JSON from column 10 on"},
      {"{\n  \"a\": 1,\n  b\n}", "it is no JSON from line 3, column 3 on"},
      {"\"\xff\"", "it is no JSON from column 2 on"},
      {"[1e999]", "a number in it is too large"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(refusal(row.text), std::string("this is no letter: ") + row.message) << row.text;
}

TEST(KeptJson, NamesThePlaceOfWhatDoesNotFit) {
  const std::string text =
      R"({"a": [{"b": 1.5}, {"b": "x", "c": {}}], "d": -1, "e": 18446744073709551615})";
  const auto second = [](const KeptValue& root) { return root.at("a").values().at(1); };
  const struct {
    std::string told;
    const char* message;
  } rows[] = {
      {refusal(text, [](const auto& root) { root.at("z"); }), "z is missing"},
      {refusal(text, [&](const auto& root) { second(root).at("z"); }), "a[1].z is missing"},
      {refusal(text, [&](const auto& root) { second(root).at("b").flag(); }),
       "a[1].b: \"x\" is no true or false"},
      {refusal(text, [](const auto& root) { root.at("a").text(); }), "a: a list is no text"},
      {refusal(text, [](const auto& root) { root.text(); }), "an object is no text"},
      {refusal(text, [](const auto& root) { root.values(); }), "an object is no list"},
      {refusal(text, [](const auto& root) { root.at("d").members(); }), "d: -1 is no object"},
      {refusal(text, [](const auto& root) { root.at("d").at("z"); }), "d: -1 is no object"},
      {refusal(text, [](const auto& root) { root.at("d").find("z"); }), "d: -1 is no object"},
      {refusal(text, [](const auto& root) { root.at("a").texts(); }), "a[0]: an object is no text"},
      {refusal(text,
               [](const auto& root) {
                 root.at("a").values().at(0).at("b").template number<std::uint32_t>();
               }),
       "a[0].b: 1.5 is no whole number from 0 to 4294967295"},
      {refusal(text, [](const auto& root) { root.at("d").template number<int>(0, 9); }),
       "d: -1 is no whole number from 0 to 9"},
      {refusal(text, [](const auto& root) { root.at("e").template number<std::int64_t>(0); }),
       "e: 18446744073709551615 is no whole number from 0 to 9223372036854775807"},
      {refusal(text, [](const auto& root) { root.at("d").refuse("it rains"); }), "d: it rains"},
      {refusal(text, [](const auto& root) { check_schema(root.at("a").values()[1], "x", "It"); }),
       "a[1].schema is missing"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(row.told, std::string("this is no letter: ") + row.message);
}

TEST(KeptJson, CutsALongValueBetweenTwoCharacters) {
  const std::string text = R"({"a": ")" + std::string(58, 'x') + "é\"}";
  EXPECT_EQ(refusal(text, [](const KeptValue& root) { root.at("a").flag(); }),
            "this is no letter: a: \"" + std::string(58, 'x') + "... is no true or false");
}

TEST(KeptJson, SaysWhichSchemaATextHasInstead) {
  const auto check = [](const KeptValue& root) { check_schema(root, "letter/1", "a letter"); };
  EXPECT_EQ(refusal(R"({"schema": "letter/1"})", check), "");
  EXPECT_EQ(refusal(R"({"schema": 1})", check), "a letter has the schema 1, not letter/1");
}

}  // namespace
}  // namespace timewait
