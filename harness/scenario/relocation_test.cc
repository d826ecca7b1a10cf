#include "harness/scenario/relocation.h"

#include <gmock/gmock.h>

#include "harness/scenario/test_checked_script.h"

namespace timewait {
namespace {

using testing::ElementsAre;

Relocation there() {
  return {.host = *Endpoint::parse("127.9.8.7:0"),
          .ports = {{12000, 20001}, {13000, 20002}},
          .wildcards = {12000}};
}

SocketEntry entry(const std::string& local, const std::string& remote = "0.0.0.0:0") {
  return {.local = *Endpoint::parse(local), .remote = *Endpoint::parse(remote)};
}

constexpr const char* kPair =
    "server runs message_server with reuseaddr\n"
    "client runs message_client\n"
    "client types 127.0.0.1:12000\n"
    "server exits\n"
    "precondition server TIME_WAIT\n"
    "rebind";

TEST(Relocation, TellsProgramsWhereTheyAre) {
  ASSERT_EQ(need_of_network(scripted(kPair)), "");
  const Cell cell = relocated(scripted(kPair), there());
  EXPECT_THAT(cell.steps[0].words, ElementsAre("message_server", "--at", "127.9.8.7:20001"));
  EXPECT_EQ(cell.steps[0].options, OptionSet::reuseaddr);
  EXPECT_THAT(cell.steps[1].words, ElementsAre("message_client", "--to", "127.9.8.7:20001"));
  EXPECT_EQ(cell.steps[2].phrase, "127.0.0.1:12000") << "what somebody types is no address";
  EXPECT_EQ(cell.actor("server").place->endpoint.text(), "127.9.8.7:20001");
  EXPECT_EQ(cell.actor("client").place->endpoint.text(), "127.9.8.7:20001");
}

TEST(Relocation, MovesCallsResultsAndTheAttempt) {
  const Cell cell = relocated(scripted("server runs peer\n"
                                       "server calls socket s\n"
                                       "server calls bind s 0.0.0.0:12000\n"
                                       "client runs chat_client --to 127.0.0.1:12000\n"
                                       "client2 runs peer\n"
                                       "client2 calls socket c\n"
                                       "client2 calls bind c 127.0.0.1:13000\n"
                                       "client2 calls getsockname c giving 127.0.0.1:13000\n"
                                       "precondition server BOUND\n"
                                       "rebind 0.0.0.0:12000"),
                              there());
  EXPECT_EQ(cell.steps[2].call->address.text(), "127.9.8.7:20001");
  EXPECT_EQ(cell.steps[2].text, "server calls bind s 127.9.8.7:20001");
  EXPECT_THAT(cell.steps[2].words, ElementsAre("bind", "s", "127.9.8.7:20001"));
  EXPECT_THAT(cell.steps[3].words, ElementsAre("chat_client", "--to", "127.9.8.7:20001"));
  EXPECT_EQ(cell.steps[6].call->address.text(), "127.9.8.7:20002");
  EXPECT_EQ(cell.steps[7].result, "127.9.8.7:20002");
  EXPECT_EQ(cell.steps[9].endpoint->text(), "127.9.8.7:20001");
}

TEST(Relocation, KnowsWhichPortsAreNamedAndBoundAtTheWildcard) {
  const NamedPorts ports = ports_of(scripted(kPair));
  EXPECT_THAT(ports.all, ElementsAre(12000));
  EXPECT_THAT(ports.wildcards, ElementsAre(12000));
}

TEST(Relocation, SaysWhatNeedsANetwork) {
  const struct {
    const char* line;
    const char* need;
  } rows[] = {
      {"sysctl net.ipv4.tcp_fin_timeout = 1", "it sets a sysctl"},
      {"loopback goes down", "it takes the loopback down"},
      {"device eth7 has 10.9.0.1", "it adds a network device"},
      {"route 10.9.0.1 goes through 127.0.0.1", "it adds a route"},
      {"counter TcpExt:TCPAbortOnClose is 1", "it reads a counter of its network"},
      {"destroy server LISTEN", "it destroys sockets"},
      {"forge reset for server", "it sends raw segments"},
      {"replay fin for server", "it sends raw segments"},
      {"sandbox is unprivileged", "it wants users of its own"},
      {"peer calls socket six tcp6", "it uses IPv6"},
      {"peer calls bind s 127.0.0.2:13000", "it uses the address 127.0.0.2"},
      {"peer calls bind s [::1]:13000", "it uses IPv6"},
      {"peer calls bind s 127.0.0.1:80", "it uses a privileged port"},
      {"peer calls bind s 127.0.0.1:0", "it has the kernel choose a port"},
      {"peer calls connect s 0.0.0.0:13000", "it connects to 0.0.0.0"},
      {"peer calls bind s 127.0.0.1:12000", "it binds 0.0.0.0 beside 127.0.0.1"},
      {"peer calls getsockname s as name", "it has the kernel choose a port"},
      {"peer calls seteuid 7", "it becomes another user"},
      {"peer calls unshare", "it goes into another network"},
      {"peer calls setsockopt s TCP_REPAIR 1",
       "it uses an option that depends on the machine or wants root"},
      {"peer calls setsockopt s SO_REUSEPORT 1", ""},
      {"other runs sleep 1", "it runs sleep, which has addresses of its own"},
      {"other runs two_addresses", "it uses two addresses"},
      {"other runs multicast_duplicate", "it uses the address 239.255.0.1"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(need_of_network(scripted(std::string("server runs message_server\n"
                                                   "peer runs peer\npeer calls socket s\n") +
                                       row.line + "\nprecondition server LISTEN\nrebind")),
              row.need)
        << row.line;
}

TEST(Relocation, ConcernsTheCellsAddressAndPorts) {
  const Relocation place = there();
  EXPECT_TRUE(place.concerns(entry("127.9.8.7:20001")));
  EXPECT_TRUE(place.concerns(entry("127.0.0.1:40000", "127.9.8.7:20001")));
  EXPECT_TRUE(place.concerns(entry("10.0.0.1:20001"))) << "another one's on our port";
  EXPECT_TRUE(place.concerns(entry("0.0.0.0:20002")));
  EXPECT_FALSE(place.concerns(entry("127.0.0.1:12000")));
  EXPECT_FALSE(place.concerns(entry("127.0.0.1:40000", "127.0.0.1:20001")));
}

TEST(Relocation, TranslatesBackToTheScript) {
  const Relocation place = there();
  const auto back = [&](const char* text, bool is_connected) {
    return place.in_script(*Endpoint::parse(text), is_connected).text();
  };
  EXPECT_EQ(back("127.9.8.7:20001", false), "0.0.0.0:12000");
  EXPECT_EQ(back("127.9.8.7:20001", true), "127.0.0.1:12000");
  EXPECT_EQ(back("127.9.8.7:20002", false), "127.0.0.1:13000");
  EXPECT_EQ(back("127.0.0.1:40000", true), "127.0.0.1:40000");
}

TEST(Relocation, KnowsAStrangerOnItsPorts) {
  const Relocation place = there();
  const auto is_of_a_stranger = [&](const char* local) {
    return place.is_of_a_stranger({.local = *Endpoint::parse(local)});
  };
  EXPECT_TRUE(is_of_a_stranger("0.0.0.0:20001"));
  EXPECT_TRUE(is_of_a_stranger("[::]:20001"));
  EXPECT_TRUE(is_of_a_stranger("127.0.0.1:20002"));
  EXPECT_FALSE(is_of_a_stranger("127.9.8.7:20001"));
  EXPECT_FALSE(is_of_a_stranger("[::ffff:127.9.8.7]:20001"));
  EXPECT_FALSE(is_of_a_stranger("127.0.0.1:40000")) << "a client's ephemeral port";
}

}  // namespace
}  // namespace timewait
