// A record with something in each of its fields, for tests of how records are kept.
#pragma once

#include <gmock/gmock.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/run/record_json.h"

namespace timewait {

inline SocketEntry time_wait() {
  return {.state = TcpState::time_wait,
          .local = *Endpoint::parse("127.0.0.1:12000"),
          .remote = *Endpoint::parse("127.0.0.1:40000"),
          .timer = SocketTimer::time_wait,
          .timer_left = std::chrono::milliseconds(59'990),
          .unread = 3,
          .uid = 1000};
}

inline Record full_record() {
  const ActorPlace server{.endpoint = *Endpoint::parse("0.0.0.0:12000")};
  return {
      .scenario = "server-closes-first",
      .theme = "who-closes-first",
      .title = "The server closes first",
      .point = {{"rebind", "plain"}, {"first", "both"}},
      .verdict = Verdict::fail,
      .reason = "expected bound, got bind:EADDRINUSE",
      .outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
      .expected = Outcome::bound(),
      .attempt = {{.call = SocketCall::socket, .arguments = "tcp", .value = 5},
                  {.call = SocketCall::bind,
                   .arguments = "0.0.0.0:12000",
                   .value = -1,
                   .error = EADDRINUSE}},
      .attempt_by = "rebind",
      .preconditions = {{.actor = "server", .asked = "TIME_WAIT", .seen = "TIME_WAIT"}},
      .precondition_places = {server},
      .attempt_place = server,
      .table_before = {time_wait()},
      .table_after = {},
      .steps = {{.text = "server exits",
                 .start = std::chrono::nanoseconds(10),
                 .end = std::chrono::nanoseconds(25),
                 .note = "exit 0",
                 .table = Table{time_wait()}}},
      .actors = {{.name = "server",
                  .command = {"message_server", "--with", "both"},
                  .end = "exit 0",
                  .place = server,
                  .output = "received: hello\n",
                  .errors = ""}},
      .isolation = "user+net+pid namespaces",
      .duration = std::chrono::nanoseconds(1234),
  };
}

/// The same with the model's explanation.
inline Record explained_record() {
  Record record = full_record();
  record.predicted =
      PredictionRecord{.outcome = record.outcome,
                       .rules = {"both_reuseaddr"},
                       .why = {{.phrase = Phrase::new_one_lacks, .arguments = {"SO_REUSEADDR"}},
                               {.phrase = Phrase::no_option_helps}}};
  return record;
}

/// The JSON that the record is written as.
inline nlohmann::json written(const Record& record) {
  return nlohmann::json::parse(to_json_line(record));
}

/// The record after it was written and read back.
inline Record kept(const Record& record) { return read_record(to_json_line(record)); }

/// No record is read of `line`, and this is why.
inline void expect_refused(const std::string& line, const testing::Matcher<std::string>& message) {
  EXPECT_THAT([&] { read_record(line); }, testing::ThrowsMessage<BadInput>(message)) << line;
}

}  // namespace timewait
