#include "harness/page/html_page.h"

#include <gmock/gmock.h>

#include "harness/page/page_data.h"
#include "harness/page/policy_hash.h"
#include "harness/page/test_page.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What stands between the first `begin` and the `end` that follows.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto from = text.find(begin);
  if (from == std::string::npos) return "no " + begin;
  const auto start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

int count(const std::string& text, const std::string& what) {
  int times = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++times;
  return times;
}

class HtmlPage : public testing::Test {
 protected:
  HtmlPage() : page(html_page(run.results(), sources)) {}

  const PageSources sources{.scenarios = {}, .claims = {}};
  const SmallRun run{{held_port("plain")}};
  const std::string page;
};

TEST_F(HtmlPage, HasAPolicyThatAllowsItsStyleItsScriptAndNothingElse) {
  const std::string style = policy_hash(between(page, "<style>", "</style>"));
  const std::string script = policy_hash(between(page, "<script type=\"module\">", "</script>"));
  std::string policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  for (auto at = policy.find("&apos;"); at != std::string::npos; at = policy.find("&apos;"))
    policy.replace(at, 6, "'");
  EXPECT_EQ(policy, "default-src 'none'; style-src '" + style + "'; script-src '" + script +
                        "'; base-uri 'none'; form-action 'none'");
}

TEST_F(HtmlPage, HasOneStyleOneScriptAndTheData) {
  EXPECT_EQ(count(page, "<style"), 1);
  EXPECT_EQ(count(page, "</style"), 1);
  EXPECT_EQ(count(page, "<script"), 2);
  EXPECT_EQ(count(page, "</script"), 2);
  EXPECT_EQ(between(page, "<script type=\"application/json\" id=\"data\">", "</script>"),
            page_data(run.results(), sources));
}

TEST_F(HtmlPage, LoadsNothing) {
  for (const char* word : {" src=", "@import", "url(", "<link", "<iframe", "<img"})
    EXPECT_THAT(page, Not(HasSubstr(word)));
}

TEST_F(HtmlPage, HasATitleAndALanguage) {
  EXPECT_THAT(page, HasSubstr("<html lang=\"en\""));
  EXPECT_THAT(page, HasSubstr("<title>timewait: 1 cell on Linux 6.18.44</title>"));
}

TEST_F(HtmlPage, SaysWhatToDoWithoutScripts) {
  EXPECT_THAT(between(page, "<noscript>", "</noscript>"), HasSubstr("timewait report DIR"));
}

TEST_F(HtmlPage, LeavesNoVariableOfTheTemplateOver) {
  for (const char* name : {"language", "title", "policy", "style", "script", "data"})
    EXPECT_THAT(page, Not(HasSubstr(std::string("{{") + name))) << name;
}

}  // namespace
}  // namespace timewait
