#include "harness/model/explanation.h"

#include <gtest/gtest.h>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

/// What is said of the cell of a scenario with this script.
Explanation explanation(const std::string& script) {
  const Cell cell = read_scenario(SourceText("theme/name.toml",
                                             "title = \"A\"\nteaches = \"A.\"\nfrom = [\"ours\"]\n"
                                             "expect = \"bound\"\nscript = \"\"\"\n" +
                                                 script + "\n\"\"\"\n"))
                        .cells.front();
  return explanation_of(cell, predict(cell), {});
}

std::string explained(const std::string& script) { return text(explanation(script), Language::en); }

std::string explained_in_chinese(const std::string& script) {
  return text(explanation(script), Language::zh);
}

/// A peer that has connected to itself and closed: TIME_WAIT at 127.0.0.1:12000.
std::string time_wait_with(const std::string& options) {
  return "server runs peer\nserver calls socket s\nserver calls set s " + options +
         "\nserver calls bind s 127.0.0.1:12000\nserver calls connect s 127.0.0.1:12000\n"
         "server calls close s\nprecondition server TIME_WAIT\n";
}

std::string bound_with(const std::string& options) {
  return "server runs peer\nserver calls socket s\nserver calls set s " + options +
         "\nserver calls bind s 127.0.0.1:12000\nprecondition server BOUND\n";
}

std::string listener_with(const std::string& options) {
  return "server runs message_server with " + options + "\nprecondition server LISTEN\n";
}

TEST(Explanation, NamesTheEntryTheClauseAndTheRemedy) {
  const struct {
    const char* name;
    std::string script;
    const char* text;
  } rows[] = {
      {"the new one alone", time_wait_with("plain") + "rebind with reuseaddr",
       "127.0.0.1:12000 is held by a TIME_WAIT entry (60 s left) whose socket had neither "
       "SO_REUSEADDR nor SO_REUSEPORT. Both sockets need SO_REUSEADDR, so setting it on the new "
       "one alone does not help. With SO_REUSEADDR on both from the beginning it would be bound, "
       "or without any option in 60 s, when the entry is gone."},
      {"the old one alone", time_wait_with("reuseaddr") + "rebind",
       "127.0.0.1:12000 is held by a TIME_WAIT entry (60 s left) whose socket had SO_REUSEADDR. "
       "Both sockets need SO_REUSEADDR, and the new one has not set it. With SO_REUSEADDR on the "
       "new socket as well it would be bound, or without any option in 60 s, when the entry is "
       "gone."},
      {"one of each", bound_with("reuseport") + "rebind with reuseaddr",
       "127.0.0.1:12000 is held by a bound, idle socket with SO_REUSEPORT. The new one has "
       "SO_REUSEADDR, and one of each is no pair. With SO_REUSEPORT on the new socket as well it "
       "would be bound."},
      {"neither, another address", bound_with("plain") + "rebind 0.0.0.0:12000",
       "127.0.0.1:12000 is held by a bound, idle socket without SO_REUSEADDR and SO_REUSEPORT. "
       "0.0.0.0 overlaps with it, and neither socket has set an option that both would need. With "
       "SO_REUSEADDR on both from the beginning it would be bound."},
      {"a listener", listener_with("reuseaddr") + "rebind with reuseaddr",
       "0.0.0.0:12000 is held by a listener with SO_REUSEADDR. SO_REUSEADDR on both does not help "
       "against LISTEN. With SO_REUSEPORT on both from the beginning it would be bound."},
      {"listen() after all", "precondition server nothing\nserver tries two_listeners",
       "127.0.0.1:12000 is held by a listener with SO_REUSEADDR. listen() repeats the test of "
       "bind(): SO_REUSEADDR on both does not help against LISTEN. With SO_REUSEPORT on both "
       "from the beginning it would be bound."},
      {"a listener without an option", listener_with("plain") + "rebind with reuseaddr",
       "0.0.0.0:12000 is held by a listener without SO_REUSEADDR and SO_REUSEPORT. Against LISTEN "
       "only SO_REUSEPORT on both sockets helps. With SO_REUSEPORT on both from the beginning it "
       "would be bound."},
  };
  for (const auto& row : rows) EXPECT_EQ(explained(row.script), row.text) << row.name;
}

TEST(Explanation, SaysWhyNothingIsInTheWay) {
  const struct {
    const char* name;
    std::string script;
    const char* text;
  } rows[] = {
      {"both options", time_wait_with("reuseaddr") + "rebind with reuseaddr",
       "127.0.0.1:12000 has a TIME_WAIT entry (60 s left), which is not in the way: both sockets "
       "have SO_REUSEADDR and it does not listen."},
      {"another address", listener_with("plain") + "rebind [::1]:12000",
       "0.0.0.0:12000 has a listener, which is not in the way: [::1] does not overlap with it."},
      {"nobody came",
       "server runs message_server\nserver gets SIGINT\nserver dies of SIGINT\n"
       "precondition server nothing\nrebind",
       "Nothing else holds tcp port 12000: nobody was connected, and a listener leaves nothing "
       "behind."},
      {"the client closed first",
       "server runs chat_server\nclient runs chat_client\nclient ends its input\n"
       "precondition client TIME_WAIT\nprecondition server LISTEN\nrebind [::1]:5120",
       "0.0.0.0:5120 has a listener, which is not in the way: [::1] does not overlap with it. The "
       "TIME_WAIT entry is at the other end, where its local port is another one."},
  };
  for (const auto& row : rows) EXPECT_EQ(explained(row.script), row.text) << row.name;
}

/// Two clients whose connections the server has closed first, and closed for good.
const std::string kTwoTimeWaits =
    "server runs chat_server with reuseaddr\nanna runs chat_client\nserver accepts\n"
    "berta runs chat_client\nserver accepts\nanna gets SIGSTOP\nberta gets SIGSTOP\n"
    "server gets SIGKILL\nserver dies of SIGKILL\nanna gets SIGCONT\nberta gets SIGCONT\n"
    "anna exits\nberta exits\nprecondition server 2 TIME_WAIT\n";

TEST(Explanation, SaysNoSentenceTwice) {
  EXPECT_EQ(explained(kTwoTimeWaits + "rebind with reuseaddr"),
            "127.0.0.1:5120 has a TIME_WAIT entry (60 s left), which is not in the way: both "
            "sockets have SO_REUSEADDR and it does not listen.");
}

TEST(Explanation, DoesNotNameWhatWentAwayWhenItsHolderExecutedAnotherProgram) {
  EXPECT_EQ(explained("server runs daytime_server --until-told --keep-listener --close-on-exec "
                      "with reuseaddr\nclient runs daytime_client\nclient exits\nserver exits\n"
                      "precondition server LISTEN, TIME_WAIT\nserver executes itself"),
            "127.0.0.1:10013 has a TIME_WAIT entry (60 s left), which is not in the way: both "
            "sockets have SO_REUSEADDR and it does not listen.");
}

TEST(Explanation, IsToldInChinese) {
  EXPECT_EQ(explained_in_chinese(time_wait_with("plain") + "rebind 0.0.0.0:12000 with reuseaddr"),
            "127.0.0.1:12000 被一个 TIME_WAIT 表项（还剩 60 秒）占用，原来的套接字既没有 "
            "SO_REUSEADDR，也没有 SO_REUSEPORT。0.0.0.0 与它的地址重叠，而两个套接字都需要 "
            "SO_REUSEADDR，只在新的套接字上设置没有用。如果两个套接字从一开始就设置 SO_REUSEADDR，"
            "就能绑定；或者等 60 秒，表项消失之后，不用任何选项也能绑定。");
  EXPECT_EQ(explained_in_chinese("precondition server nothing\nserver tries two_listeners"),
            "127.0.0.1:12000 被一个监听套接字占用，它有 SO_REUSEADDR。listen() 会重做 bind() "
            "的检查：即使两个套接字都有 SO_REUSEADDR，对 LISTEN 也没有用。"
            "如果两个套接字从一开始就设置 SO_REUSEPORT，就能绑定。");
  EXPECT_EQ(explained_in_chinese("server runs message_server\nserver gets SIGINT\n"
                                 "server dies of SIGINT\nprecondition server nothing\nrebind"),
            "没有别的套接字占用 tcp 端口 12000：没有客户端连接过，而监听套接字不留下任何表项。");
  EXPECT_EQ(explained_in_chinese("server runs peer\nserver calls socket s\n"
                                 "server attempts setsockopt s SO_RCVTIMEO 0:1000000"),
            "超时的微秒部分必须不足一秒。");
}

TEST(Explanation, SaysTheRuleThatDecidesASingleCall) {
  const std::string peer = "server runs peer\nserver calls socket s\n";
  EXPECT_EQ(explained(peer + "server attempts setsockopt s SO_RCVTIMEO 0:1000000"),
            "A timeout's microseconds are less than a second.");
  EXPECT_EQ(explained(peer + "server calls bind s 127.0.0.1:12000\nprecondition server BOUND\n"
                             "server attempts bind s 127.0.0.1:12000"),
            "A socket that has a port or is connected cannot be bound again.");
}

}  // namespace
}  // namespace timewait
