#include "harness/explore/shrink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace timewait {
namespace {

using testing::ElementsAre;

bool has(const Script& script, CallName name) {
  return std::ranges::any_of(script, [&](const Call& call) { return call.name == name; });
}

/// What is left of the lines, as long as the script shows something.
std::vector<std::string> shrunk_lines(const std::vector<std::string>& lines,
                                      const StillShows& still_shows) {
  return texts_of(shrunk(script_of(lines), still_shows));
}

TEST(Shrink, LeavesOutCallsThatAreNotNeeded) {
  EXPECT_THAT(shrunk_lines({"socket a", "listen a", "shutdown a write", "close a", "socket b"},
                           [](const Script& script) { return has(script, CallName::close); }),
              ElementsAre("close a"));
}

TEST(Shrink, LeavesOutAWholeSocketWithWhatIsDoneToIt) {
  // No single call can go: each socket must be made and closed.
  const auto is_balanced = [](const Script& script) {
    const auto count = [&](CallName name) { return std::ranges::count(script, name, &Call::name); };
    return count(CallName::socket) == count(CallName::close) && has(script, CallName::socket);
  };
  EXPECT_THAT(shrunk_lines({"socket x", "socket y", "close x", "close y"}, is_balanced),
              ElementsAre("socket a", "close a"));
}

TEST(Shrink, PutsSimplerOptionsAndAddressesInTheirPlace) {
  const auto has_both = [](const Script& script) {
    return has(script, CallName::bind) && has(script, CallName::set);
  };
  EXPECT_THAT(shrunk_lines({"set a both", "bind a 0.0.0.0:12001"}, has_both),
              ElementsAre("set a reuseaddr", "bind a 127.0.0.1:12000"));
}

TEST(Shrink, KeepsOptionsAndAddressesThatAreNeeded) {
  const auto has_both = [](const Script& script) {
    return std::ranges::any_of(script,
                               [](const Call& call) { return call.options == OptionSet::both; }) &&
           std::ranges::any_of(script, [](const Call& call) {
             return call.name == CallName::bind && call.address.is_wildcard();
           });
  };
  EXPECT_THAT(shrunk_lines({"set a both", "bind a 0.0.0.0:12001"}, has_both),
              ElementsAre("set a both", "bind a 0.0.0.0:12000"));
}

TEST(Shrink, LeavesIpv6WhereIpv4WillDo) {
  const auto binds = [](const Script& script) {
    return has(script, CallName::socket) && has(script, CallName::bind);
  };
  EXPECT_THAT(
      shrunk_lines({"socket a tcp6", "setsockopt a IPV6_V6ONLY 1", "bind a [::]:12000"}, binds),
      ElementsAre("socket a", "bind a 127.0.0.1:12000"));
}

TEST(Shrink, GivesBackWhatCannotBeMadeSmaller) {
  const Script script = script_of({"socket a", "close a"});
  EXPECT_EQ(shrunk(script, [&](const Script& other) { return other == script; }), script);
}

}  // namespace
}  // namespace timewait
