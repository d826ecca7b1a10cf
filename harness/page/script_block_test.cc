#include "harness/page/script_block.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

struct Case {
  const char* name;
  const char* text;
  const char* written;
};

class ScriptBlock : public testing::TestWithParam<Case> {};

TEST_P(ScriptBlock, CanBeEndedByNoText) {
  EXPECT_EQ(in_script_block(Json{GetParam().text}), "[" + std::string(GetParam().written) + "]");
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ScriptBlock,
    testing::Values(Case{"Plain", "bind:EADDRINUSE", R"("bind:EADDRINUSE")"},
                    Case{"EndTag", "</script><b>", R"("\u003c/script>\u003cb>")"},
                    Case{"Comment", "<!--<script", R"("\u003c!--\u003cscript")"},
                    Case{"LineSeparators", "a\u2028b\u2029c", R"("a\u2028b\u2029c")"},
                    Case{"Quotes", "\"\\\n", R"("\"\\\n")"}, Case{"Chinese", "端口", R"("端口")"},
                    Case{"NoUtf8", "a\xff<\xc3", R"("a�\u003c�")"}),
    [](const auto& one) { return one.param.name; });

TEST(ScriptBlockOfNames, AreEscapedToo) {
  EXPECT_EQ(in_script_block(Json{{"<!--", 1}}), R"({"\u003c!--":1})");
}

TEST(ScriptBlockOfAText, ReadsBackAsTheSame) {
  const Json json{{"text", "</script> \u2028 <!-- 端口 \\u003c"}};
  EXPECT_EQ(Json::parse(in_script_block(json)), json);
}

}  // namespace
}  // namespace timewait
