#include "harness/report/message_pair_records.h"

#include "harness/report/record_story.h"

namespace timewait {
namespace {

using enum TcpState;
using enum ProcessChange;

constexpr const char* kServer = "127.0.0.1:12000";
constexpr const char* kClient = "127.0.0.1:40312";

void start_pair(RecordStory& story) {
  story.at(0.01).step("server runs message_server with plain");
  story.at(0.09).process("server", 2, started, "/opt/programs/message_server --with plain");
  story.at(0.71).table({listener()});
  story.at(0.74).step("client runs message_client");
  story.at(0.82).process("client", 3, started, "/opt/programs/message_client");
  story.at(1.31).tcp(40312, 12000, "S");
  story.at(1.32).tcp(12000, 40312, "SA", 0, 1);
  story.at(1.33).tcp(40312, 12000, "A", 1, 1);
  story.at(1.42).table(
      {listener(), entry(established, kServer, kClient), entry(established, kClient, kServer)});
}

}  // namespace

Record server_closes_first() {
  RecordStory story(untold("server-closes-first", "The server closes first",
                           {{"first", "plain"}, {"rebind", "plain"}}));
  start_pair(story);
  story.at(1.51).step("server gets SIGSTOP");
  story.at(1.52).process("server", 2, signalled, "SIGSTOP");
  story.at(1.58).process("server", 2, stopped);
  story.at(1.62).step("client types hello");
  story.at(1.63).step("server has 40 unread");
  story.at(1.70).tcp(40312, 12000, "PA", 1, 1, 40);
  story.at(1.71).tcp(12000, 40312, "A", 1, 41);
  story.at(1.90).step("client gets SIGSTOP");
  story.at(1.91).process("client", 3, signalled, "SIGSTOP");
  story.at(1.95).process("client", 3, stopped);
  story.at(1.98).step("server gets SIGCONT");
  story.at(1.99).process("server", 2, signalled, "SIGCONT");
  story.at(2.02).process("server", 2, continued);
  story.at(2.03).step("server exits", "exit 0");
  story.at(2.08).tcp(12000, 40312, "PA", 1, 41, 40);
  story.at(2.09).tcp(40312, 12000, "A", 41, 41);
  story.at(2.10).tcp(12000, 40312, "FA", 41, 41);
  story.at(2.17).table(
      {entry(fin_wait1, kServer, kClient, false), entry(close_wait, kClient, kServer)});
  story.at(2.21).process("server", 2, ended, "exit 0");
  story.at(2.30).step("client gets SIGCONT");
  story.at(2.31).process("client", 3, signalled, "SIGCONT");
  story.at(2.35).process("client", 3, continued);
  story.at(2.36).step("client exits", "exit 0");
  story.at(2.39).tcp(40312, 12000, "A", 41, 42);
  story.at(2.41).table(
      {entry(fin_wait2, kServer, kClient, false), entry(close_wait, kClient, kServer)});
  story.at(2.44).tcp(40312, 12000, "FA", 41, 42);
  story.at(2.45).tcp(12000, 40312, "A", 42, 42);
  story.at(2.49).table(
      {time_wait_entry(kServer, kClient), entry(last_ack, kClient, kServer, false)});
  story.at(2.53).process("client", 3, ended, "exit 0");
  story.at(2.60).table({time_wait_entry(kServer, kClient)});
  story.at(2.61).step("precondition client nothing");
  story.at(2.61).step("precondition server TIME_WAIT");
  story.record.table_before = story.record.table_after = {time_wait_entry(kServer, kClient)};
  rebind_in_vain(story, 2.66);
  return story.record;
}

Record without_capture() {
  Record record = server_closes_first();
  std::erase_if(record.evidence->timeline, [](const Event& event) {
    return std::holds_alternative<SegmentArrived>(event.what);
  });
  record.evidence->capture.reset();
  record.evidence->no_capture = "socket(AF_PACKET): Operation not permitted";
  return record;
}

Record without_evidence() {
  Record record = server_closes_first();
  record.evidence.reset();
  return record;
}

Record without_tables() {
  Record record = without_evidence();
  for (StepRecord& step : record.steps) step.table.reset();
  return record;
}

Record broken() {
  RecordStory story(untold("server-closes-first", "The server closes first", {}));
  start_pair(story);
  story.record.steps.back().note = "client did not become ready: no connection";
  story.record.verdict = Verdict::error;
  story.record.reason = "client did not become ready: no connection\nat 127.0.0.1:12000";
  story.record.outcome.reset();
  return story.record;
}

}  // namespace timewait
