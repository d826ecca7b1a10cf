#include "harness/scenario/script_names.h"

#include <gtest/gtest.h>

#include "harness/scenario/step_parser.h"
#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

/// What is wrong with the names in the first line of a script where something is.
std::string complaint_about(const std::string& script) {
  const SourceText source("a.toml", script);
  ScriptNames names;
  for (int line = 1; !source.line(line).empty(); ++line) {
    const Step step =
        parse_step(source, line, tokens_of({.at = {.line = line}, .text = source.line(line)}));
    const std::string complaint = names.take(step);
    if (!complaint.empty()) return source.path() + ":" + std::to_string(line) + ": " + complaint;
  }
  return "";
}

TEST(ScriptNames, TakeWhatIsNamedBeforeItIsUsed) {
  EXPECT_EQ(complaint_about("server runs peer\n"
                            "server calls socket a\n"
                            "server calls bind a 127.0.0.1:0\n"
                            "server calls getsockname a as at\n"
                            "server calls accept a b\n"
                            "server calls dup b c\n"
                            "client calls socket a\n"
                            "client calls connect a $at giving ECONNREFUSED\n"
                            "client calls getpeername a giving $at\n"
                            "server calls close a\n"
                            "server calls socket a\n"
                            "server calls listen 3\n"
                            "client runs message_client --to 127.0.0.2:$at\n"
                            "rebind $at"),
            "");
}

TEST(ScriptNames, RefuseWhatIsNotThere) {
  EXPECT_EQ(complaint_about("server calls listen a"), "a.toml:1: server has no socket \"a\" here");
  EXPECT_EQ(complaint_about("server calls socket a\nclient calls listen a"),
            "a.toml:2: client has no socket \"a\" here");
  EXPECT_EQ(complaint_about("server calls socket a\nserver calls close a\nserver calls listen a"),
            "a.toml:3: server has no socket \"a\" here");
}

TEST(ScriptNames, RefuseADoubledName) {
  EXPECT_EQ(complaint_about("server calls socket a\nserver calls socket a"),
            "a.toml:2: server already has a socket \"a\"");
  EXPECT_EQ(complaint_about("server calls socket a\nserver calls accept a a"),
            "a.toml:2: server already has a socket \"a\"");
}

TEST(ScriptNames, GiveNoneToACallThatMustFail) {
  EXPECT_EQ(complaint_about("server calls socket a\n"
                            "server calls accept a b giving EAGAIN\n"
                            "server calls accept a b giving 4\n"
                            "server calls listen b"),
            "");
  EXPECT_EQ(complaint_about("server calls socket a giving EMFILE\nserver calls listen a"),
            "a.toml:2: server has no socket \"a\" here");
}

TEST(ScriptNames, EndWithTheProcessThatGaveThem) {
  EXPECT_EQ(complaint_about("server runs peer\nserver calls socket a\nserver runs peer\n"
                            "server calls listen a"),
            "a.toml:4: server has no socket \"a\" here");
}

TEST(ScriptNames, RefuseAnAddressThatIsNotLearntYet) {
  const std::string complaint =
      "no address is called \"at\" yet; \"calls getsockname SOCKET as at\" must come first";
  for (const char* line :
       {"rebind $at", "server listens on $at", "nc runs nc $at", "server calls connect 3 $at",
        "server calls getpeername 3 giving 127.0.0.1:$at"})
    EXPECT_EQ(complaint_about(line), "a.toml:1: " + complaint) << line;
}

TEST(ScriptNames, RefuseToLearnWhatIsNoAddressOrHasItsName) {
  EXPECT_EQ(complaint_about("server calls listen 3 as at"),
            "a.toml:1: only getsockname and getpeername give an address");
  EXPECT_EQ(complaint_about("server calls getsockname 3 as at\nserver calls getpeername 3 as at"),
            "a.toml:2: an address is already called \"at\"");
}

}  // namespace
}  // namespace timewait
