#include "harness/run/table_notes.h"

#include <gtest/gtest.h>

#include "harness/run/timeline.h"

namespace timewait {
namespace {

const Endpoint kServer = *Endpoint::parse("127.0.0.1:12000");
const Endpoint kClient = *Endpoint::parse("127.0.0.1:40000");

SocketEntry connection(std::uint32_t inode, std::uint64_t cookie) {
  return {.state = TcpState::established,
          .local = kServer,
          .remote = kClient,
          .inode = inode,
          .cookie = cookie};
}

TEST(TableNotes, TellsWhoHasASocketOpen) {
  int asked = 0;
  TableNotes notes([&] {
    ++asked;
    return std::map<std::uint32_t, std::string>{{7, "server"}};
  });
  Table table = {connection(7, 1), connection(8, 2), connection(0, 3)};
  for (int look = 0; look < 3; ++look) notes.complete(table);
  EXPECT_EQ(table[0].owner, "server");
  EXPECT_EQ(table[1].owner, "") << "somebody unknown";
  EXPECT_EQ(table[2].owner, "") << "nobody";
  EXPECT_LE(asked, 2) << "once for each new inode at most";
}

TEST(TableNotes, AsksAnewWhenOwnersWereForgotten) {
  std::string owner = "server";
  TableNotes notes([&] { return std::map<std::uint32_t, std::string>{{7, owner}}; });
  Table table = {connection(7, 1)};
  notes.complete(table);
  owner = "server's child";
  notes.complete(table);
  EXPECT_EQ(table[0].owner, "server");
  notes.forget_owners();
  notes.complete(table);
  EXPECT_EQ(table[0].owner, "server's child");
}

TEST(TableNotes, KnowsOnlyTheOptionsThatWereRead) {
  TableNotes notes([] { return std::map<std::uint32_t, std::string>(); });
  notes.learn({{.cookie = 1, .options = OptionSet::reuseaddr}});
  Table table = {connection(7, 1), connection(8, 2)};
  table[1].remote = kServer;
  notes.complete(table);
  EXPECT_EQ(table[0].options, OptionSet::reuseaddr);
  EXPECT_EQ(table[1].options, std::nullopt);
}

TEST(TableNotes, GivesAMiniSocketTheOptionsOfTheSocketThatItWas) {
  TableNotes notes([] { return std::map<std::uint32_t, std::string>(); });
  notes.learn({{.cookie = 1, .options = OptionSet::both}});
  Table before = {connection(7, 1)};
  notes.complete(before);
  Table after = {connection(0, 99)};
  notes.complete(after);
  EXPECT_EQ(after[0].options, OptionSet::both);
  Table another = {connection(8, 100)};
  notes.complete(another);
  EXPECT_EQ(another[0].options, std::nullopt) << "a new socket with the same 4-tuple";
}

}  // namespace
}  // namespace timewait
