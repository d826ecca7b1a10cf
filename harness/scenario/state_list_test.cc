#include "harness/scenario/state_list.h"

#include <gtest/gtest.h>

#include <sstream>

namespace timewait {
namespace {

struct Parsed {
  std::optional<StateList> list;
  std::string wrong;
};

Parsed parse(const std::string& text) {
  std::istringstream stream(text);
  const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
  Parsed parsed;
  parsed.list = StateList::parse(words, parsed.wrong);
  return parsed;
}

TEST(StateList, IsWrittenInTheOrderOfTheStates) {
  const struct {
    const char* text;
    const char* written;
  } rows[] = {
      {"nothing", "nothing"},
      {"TIME_WAIT", "TIME_WAIT"},
      {"LISTEN, 2 ESTABLISHED", "2 ESTABLISHED, LISTEN"},
      {"2 ESTABLISHED, LISTEN", "2 ESTABLISHED, LISTEN"},
      {"1 TIME_WAIT", "TIME_WAIT"},
      {"12 TIME_WAIT, BOUND, CLOSE_WAIT", "12 TIME_WAIT, BOUND, CLOSE_WAIT"},
  };
  for (const auto& row : rows) {
    const Parsed parsed = parse(row.text);
    ASSERT_TRUE(parsed.list) << row.text;
    EXPECT_EQ(parsed.list->text(), row.written);
  }
}

TEST(StateList, NamesTheWordThatIsWrong) {
  const struct {
    const char* text;
    const char* wrong;
  } rows[] = {
      {"TIMEWAIT", "TIMEWAIT"},       {"time_wait", "time_wait"}, {"LISTEN, WAITING", "WAITING"},
      {"LISTEN, nothing", "nothing"}, {"0 LISTEN", "0"},          {"-1 LISTEN", "-1"},
      {"two LISTEN", "two"},          {"LISTEN, 2", "2"},         {"LISTEN, LISTEN", "LISTEN"},
      {"LISTEN 2, TIME_WAIT", "2"},   {"2 3 LISTEN", "3"},
  };
  for (const auto& row : rows) {
    const Parsed parsed = parse(row.text);
    EXPECT_FALSE(parsed.list) << row.text;
    EXPECT_EQ(parsed.wrong, row.wrong) << row.text;
  }
}

TEST(StateList, IsNotMadeOfNoWords) { EXPECT_FALSE(parse("").list); }

TEST(StateList, IsTheWholeTruth) {
  StateList list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list, parse("nothing").list);
  list.add(TcpState::time_wait);
  EXPECT_EQ(list, parse("TIME_WAIT").list);
  list.add(TcpState::time_wait);
  EXPECT_NE(list, parse("TIME_WAIT").list);
  EXPECT_EQ(list, parse("2 TIME_WAIT").list);
  EXPECT_TRUE(list.contains(TcpState::time_wait));
  EXPECT_FALSE(list.contains(TcpState::listen));
}

}  // namespace
}  // namespace timewait
