#include "harness/run/parse_json.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using Json = nlohmann::json;
using testing::Property;
using testing::StrEq;

std::string nested(int depth) {
  const auto times = static_cast<std::size_t>(depth);
  return std::string(times, '[') + std::string(times, ']');
}

TEST(ParseJson, ReadsWhatIsNestedAsOursIs) {
  EXPECT_EQ(parse_json<Json>(R"({"a": [{"b": "[[[\"[["}]})")["a"][0]["b"], "[[[\"[[");
  EXPECT_TRUE(parse_json<Json>(nested(100)).is_array());
}

TEST(ParseJson, RefusesWhatNoStackCouldHold) {
  EXPECT_THAT([] { parse_json<Json>(nested(101)); },
              testing::Throws<BadInput>(
                  Property(&BadInput::what, StrEq("its values are nested more than 100 deep"))));
  EXPECT_THROW(parse_json<Json>(std::string(1'000'000, '{')), BadInput);
}

TEST(ParseJson, LeavesToTheParserWhatIsNoJson) {
  EXPECT_THROW(parse_json<Json>("[\"]"), Json::parse_error);
}

}  // namespace
}  // namespace timewait
