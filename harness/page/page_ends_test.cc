#include "harness/page/page_ends.h"

#include <gtest/gtest.h>

#include "harness/page/test_page.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kServer = "127.0.0.1:12000";
constexpr const char* kClient = "127.0.0.1:40312";

SocketEntry with_cookie(SocketEntry entry, std::uint64_t cookie) {
  entry.cookie = cookie;
  return entry;
}

RecordStory begun() {
  RecordStory story(untold("server-closes-first", "", {}));
  story.step("server runs chat_server");
  return story;
}

TEST(PageEnds, FollowASocketToItsEnd) {
  RecordStory story = begun();
  story.at(1).table({with_cookie(entry(TcpState::established, kServer, kClient), 1)});
  story.at(2).table({with_cookie(entry(TcpState::fin_wait2, kServer, kClient), 1)});
  story.at(3).table({with_cookie(entry(TcpState::fin_wait2, kServer, kClient), 1)});
  story.at(4).table({});
  EXPECT_EQ(ends_json(story.record), Json::parse(R"([
    {"side": 0, "local": "127.0.0.1:12000", "remote": "127.0.0.1:40312",
     "moments": [[1000, "ESTABLISHED"], [2000, "FIN_WAIT2"], [4000, null]]}])"));
}

TEST(PageEnds, KnowAMiniSocketWithACookieOfItsOwn) {
  RecordStory story = begun();
  story.at(1).table({with_cookie(entry(TcpState::fin_wait2, kServer, kClient), 1)});
  story.at(2).table({with_cookie(time_wait_entry(kServer, kClient), 2)});
  EXPECT_EQ(ends_json(story.record)[0]["moments"],
            Json::parse(R"([[1000, "FIN_WAIT2"], [2000, "TIME_WAIT"]])"));
}

TEST(PageEnds, OfTheSamePortsAreTwoWhenOneWasGone) {
  RecordStory story = begun();
  story.at(1).table({time_wait_entry(kServer, kClient)});
  story.at(2).table({});
  story.at(3).table({entry(TcpState::established, kServer, kClient)});
  const Json ends = ends_json(story.record);
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(ends[0]["moments"], Json::parse(R"([[1000, "TIME_WAIT"], [2000, null]])"));
  EXPECT_EQ(ends[1]["moments"], Json::parse(R"([[3000, "ESTABLISHED"]])"));
}

TEST(PageEnds, OfAListenerHaveNoRemoteOne) {
  RecordStory story = begun();
  story.at(1).table({listener()});
  EXPECT_EQ(ends_json(story.record), Json::parse(R"([
    {"side": 0, "local": "0.0.0.0:12000", "moments": [[1000, "LISTEN"]]}])"));
}

TEST(PageEnds, HaveTheAddressesThatWereSeenLast) {
  RecordStory story = begun();
  story.at(1).table({with_cookie(entry(TcpState::bound, "0.0.0.0:40312", "0.0.0.0:0"), 7)});
  story.at(2).table({with_cookie(entry(TcpState::established, kClient, kServer), 7)});
  EXPECT_EQ(ends_json(story.record), Json::parse(R"([
    {"side": 1, "local": "127.0.0.1:40312", "remote": "127.0.0.1:12000",
     "moments": [[1000, "BOUND"], [2000, "ESTABLISHED"]]}])"));
}

TEST(PageEnds, AreThoseOfTcp) {
  RecordStory story = begun();
  SocketEntry datagrams = entry(TcpState::bound, kServer, "0.0.0.0:0");
  datagrams.protocol = Protocol::udp;
  story.at(1).table({datagrams});
  EXPECT_EQ(ends_json(story.record), Json::array());
}

TEST(PageEnds, WithoutEvidenceAreInTheTablesAroundTheAttempt) {
  Record record = held_port("plain");
  record.table_after.clear();
  EXPECT_EQ(ends_json(record), Json::parse(R"([
    {"side": 0, "local": "127.0.0.1:12000", "remote": "127.0.0.1:40312",
     "moments": [[3000, "TIME_WAIT"], [3030, null]]}])"));
}

}  // namespace
}  // namespace timewait
