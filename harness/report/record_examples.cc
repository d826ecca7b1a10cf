#include "harness/report/record_examples.h"

#include <utility>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_story.h"

namespace timewait {
namespace {

using enum TcpState;
using enum ProcessChange;

constexpr const char* kServer = "127.0.0.1:12000";
constexpr const char* kClient = "127.0.0.1:40312";
constexpr const char* kWildcard = "0.0.0.0:0";

}  // namespace

Record three_clients() {
  RecordStory story(
      untold("chat-server-killed", "The chat server is killed", {{"with", "reuseaddr"}}));
  story.record.actors.pop_back();
  for (const char* name : {"anna", "ben", "carla"})
    story.record.actors.push_back(actor_record(name, kServer, ActorPlace::Side::remote));
  story.at(0.01).step("server runs chat_server with reuseaddr");
  story.at(0.09).process("server", 2, started, "/opt/programs/chat_server --with reuseaddr");
  story.at(0.71).table({listener()});
  const std::vector<std::pair<std::string, int>> clients{
      {"anna", 40312}, {"ben", 40314}, {"carla", 40316}};
  Table table{listener()};
  Table left;
  double now = 1;
  int pid = 3;
  for (const auto& [name, port] : clients) {
    const std::string client = "127.0.0.1:" + std::to_string(port);
    story.at(now).step(name + " runs chat_client");
    story.at(now + .1).process(name, pid, started, "/opt/programs/chat_client");
    story.at(now + .5)
        .tcp(port, 12000, "S")
        .tcp(12000, port, "SA", 0, 1)
        .tcp(port, 12000, "A", 1, 1);
    table.push_back(entry(established, kServer, client));
    table.push_back(entry(established, client, kServer));
    left.push_back(entry(fin_wait2, kServer, client, false));
    left.push_back(entry(close_wait, client, kServer));
    story.at(now + .6).table(table);
    now += 1;
    ++pid;
  }
  story.at(4.10).step("server gets SIGKILL").process("server", 2, signalled, "SIGKILL");
  story.at(4.15).step("server dies of SIGKILL", "killed by SIGKILL");
  for (const auto& [name, port] : clients) story.at(4.2).tcp(12000, port, "FA", 1, 1);
  story.at(4.25).process("server", 2, ended, "killed by SIGKILL");
  for (const auto& [name, port] : clients) story.at(4.3).tcp(port, 12000, "A", 1, 2);
  story.at(4.32).step("await server 3 FIN_WAIT2").at(4.4).table(left);
  story.at(4.41).step("ben gets SIGTERM").process("ben", 4, signalled, "SIGTERM");
  story.at(4.5).tcp(40314, 12000, "FA", 1, 2).tcp(12000, 40314, "A", 2, 2);
  story.at(4.6).process("ben", 4, ended, "killed by SIGTERM");
  left[2] = time_wait_entry(kServer, "127.0.0.1:40314");
  left[2].options = OptionSet::reuseaddr;
  left.erase(left.begin() + 3);
  story.at(4.7).table(left).step("precondition server 2 FIN_WAIT2, TIME_WAIT");
  story.record.table_before = story.record.table_after = left;
  story.record.outcome = story.record.expected = Outcome::bound();
  story.at(4.72).step("server restarts with reuseaddr", "bound");
  story.at(4.8).process("server", 6, started, "/opt/programs/chat_server --with reuseaddr");
  left.insert(left.begin(), listener());
  story.at(5.4).table(left);
  story.at(5.41).call({.call = SocketCall::listen});
  return story.record;
}

Record connected_to_itself() {
  RecordStory story(untold("socket-connected-to-itself",
                           "A socket connects to its own address and is closed", {}));
  story.record.actors = {actor_record("server", kServer, ActorPlace::Side::local)};
  story.at(0.01).step("server runs peer");
  story.at(0.09).process("server", 2, started, "/opt/programs/peer");
  story.at(0.50).step("server calls connect s 127.0.0.1:12000", "ok 0");
  story.at(0.51).tcp(12000, 12000, "S").tcp(12000, 12000, "SA", 0, 1);
  story.at(0.60).table({entry(established, kServer, kServer)});
  story.at(0.70).step("server calls close s", "ok 0");
  story.at(0.71).tcp(12000, 12000, "FA", 1, 1).tcp(12000, 12000, "A", 2, 2);
  story.at(0.75).table({time_wait_entry(kServer, kServer)});
  story.record.table_before = story.record.table_after = {time_wait_entry(kServer, kServer)};
  story.at(0.80).step("precondition server TIME_WAIT");
  rebind_in_vain(story, 0.85);
  return story.record;
}

Record udp_exchange() {
  RecordStory story(untold("udp-sockets", "UDP has no TIME_WAIT", {}));
  story.record.actors = {actor_record("server", kServer, ActorPlace::Side::local, Protocol::udp),
                         actor_record("client", kServer, ActorPlace::Side::remote, Protocol::udp)};
  story.record.attempt_place.protocol = Protocol::udp;
  story.record.outcome = story.record.expected = Outcome::bound();
  SocketEntry bound_entry = entry(bound, kServer, kWildcard);
  bound_entry.protocol = Protocol::udp;
  story.at(0.01).step("server calls bind s 127.0.0.1:12000", "ok 0");
  story.at(0.05).process("server", 2, started, "/opt/programs/peer").at(0.2).table({bound_entry});
  story.at(0.30).step("client calls send c 5", "ok 5");
  story.at(0.31).process("client", 3, started, "/opt/programs/peer");
  Segment datagram{
      .kind = Segment::Kind::udp, .from = endpoint(kClient), .to = endpoint(kServer), .length = 5};
  story.at(0.32).segment(datagram);
  story.at(0.40).step("server calls close s", "ok 0").at(0.45).table({});
  story.at(0.46).process("server", 2, ended, "exit 0").segment(datagram);
  story.at(0.47).segment({.kind = Segment::Kind::other,
                          .from = endpoint("127.0.0.1:0"),
                          .to = endpoint("127.0.0.1:0"),
                          .length = 41});
  story.at(0.50).step("precondition server nothing").step("rebind with plain", "bound");
  story.call({.call = SocketCall::bind, .arguments = kServer});
  return story.record;
}

Record in_chinese() {
  RecordStory story(
      untold("服务器先关闭", "服务器先关闭连接，端口进入等待状态", {{"谁先", "服务器"}}));
  story.record.actors[0].name = "服务器";
  story.record.actors[1].name = "客户端";
  story.at(0.01).step("服务器 runs 回显服务器程序 with plain");
  story.at(0.05).process("服务器", 2, started, "/opt/程序/回显服务器程序 --with plain");
  story.at(0.50).table({listener()});
  story.at(0.51).step("客户端 types 你好，世界！这是一行很长的没有空格的中文文本用来测试宽度",
                      "这是客户端的回答");
  story.at(0.52).process("客户端", 3, started, "/opt/程序/客户端程序");
  story.at(0.60).tcp(40312, 12000, "S");
  story.at(0.70).table(
      {listener(), entry(established, kServer, kClient), entry(established, kClient, kServer)});
  story.record.table_before = story.record.table_after = {listener()};
  rebind_in_vain(story, 0.9);
  return story.record;
}

Record child_keeps_the_listener() {
  RecordStory story(
      untold("forgotten-child", "A child keeps what its parent had open", {{"keeps", "listener"}}));
  story.record.actors.pop_back();
  story.record.evidence->capture = CaptureCounts{.kept = 0, .dropped = 3, .left_out = 2};
  story.at(0.01).step("server runs forking_server --child-keeps listener --exec");
  story.at(0.09).process("server", 2, started, "/opt/programs/forking_server --exec");
  story.at(0.71).table({listener()}).at(0.9).process("server", 3, forked);
  story.at(0.95).process("server", 3, executed, "/opt/programs/forking_server --idle");
  story.at(1.00).step("server gets SIGKILL").process("server", 2, signalled, "SIGKILL");
  story.at(1.10).process("server", 2, ended, "killed by SIGKILL");
  story.record.table_before = story.record.table_after = {listener()};
  story.record.verdict = Verdict::fail;
  story.record.expected = Outcome::bound();
  story.record.reason = "expected bound, got bind:EADDRINUSE";
  rebind_in_vain(story, 1.2);
  story.at(1.3).process("server", 3, ended).table({});
  return story.record;
}

std::vector<Record> record_examples() {
  return {server_closes_first(),
          three_clients(),
          connected_to_itself(),
          udp_exchange(),
          in_chinese(),
          without_capture(),
          without_evidence(),
          without_tables(),
          child_keeps_the_listener(),
          broken()};
}

}  // namespace timewait
