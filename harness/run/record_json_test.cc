#include "harness/run/record_json.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "harness/base/error.h"

namespace timewait {
namespace {

using nlohmann::json;
using std::chrono::nanoseconds;

SocketEntry time_wait() {
  return {.state = TcpState::time_wait,
          .local = *Endpoint::parse("127.0.0.1:12000"),
          .remote = *Endpoint::parse("127.0.0.1:40000"),
          .timer = SocketTimer::time_wait,
          .timer_left = std::chrono::milliseconds(59'990),
          .unread = 3,
          .uid = 1000};
}

Record full_record() {
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
      .table_before = {time_wait()},
      .table_after = {},
      .steps = {{.text = "server exits",
                 .start = nanoseconds(10),
                 .end = nanoseconds(25),
                 .note = "exit 0",
                 .table = {time_wait()}}},
      .actors = {{.name = "server",
                  .command = {"message_server", "--with", "both"},
                  .end = "exit 0",
                  .output = "received: hello\n",
                  .errors = ""}},
      .isolation = "user+net+pid namespaces",
      .duration = nanoseconds(1234),
  };
}

/// The record after it was written and read as JSON.
json written(const Record& record) { return json::parse(to_json_line(record)); }

TEST(RecordJson, IsOneLine) {
  Record record = full_record();
  record.actors[0].output = "two\nlines\n";
  EXPECT_THAT(to_json_line(record), testing::Not(testing::HasSubstr("\n")));
}

TEST(RecordJson, HasTheFieldsOfTheSchema) {
  const json record = written(full_record());
  const json expected = {
      {"schema", "timewait.record/1"},
      {"scenario", "server-closes-first"},
      {"theme", "who-closes-first"},
      {"title", "The server closes first"},
      {"cell", {{"first", "both"}, {"rebind", "plain"}}},
      {"verdict", "fail"},
      {"reason", "expected bound, got bind:EADDRINUSE"},
      {"outcome", "bind:EADDRINUSE"},
      {"expected", "bound"},
      {"attempt_by", "rebind"},
      {"isolation", "user+net+pid namespaces"},
      {"duration_ns", 1234},
  };
  for (const auto& [key, value] : expected.items()) EXPECT_EQ(record.value(key, json()), value);
  for (const char* key : {"predicted", "attempt", "precondition", "steps", "packets"})
    EXPECT_TRUE(record.contains(key)) << key;
}

TEST(RecordJson, HasEachCallOfTheAttemptWithItsErrno) {
  EXPECT_EQ(written(full_record())["attempt"], json::parse(R"([
    {"call": "socket", "arguments": "tcp", "result": 5, "errno": null},
    {"call": "bind", "arguments": "0.0.0.0:12000", "result": -1, "errno": "EADDRINUSE"}])"));
}

TEST(RecordJson, HasThePreconditionWithWhatWasSeen) {
  Record record = full_record();
  const json held = written(record)["precondition"];
  EXPECT_EQ(held["seen"], true);
  EXPECT_EQ(held["states"], json::parse(R"([
    {"actor": "server", "asked": "TIME_WAIT", "seen": "TIME_WAIT"}])"));
  EXPECT_EQ(held["table"].size(), 1u);
  EXPECT_EQ(held["table_after_attempt"], json::array());
  record.preconditions[0].seen = "nothing";
  EXPECT_EQ(written(record)["precondition"]["seen"], false);
  record.preconditions.clear();
  EXPECT_EQ(written(record)["precondition"]["seen"], false);
}

TEST(RecordJson, SaysNothingOfAPreconditionThatNobodyDemanded) {
  Record record = full_record();
  record.preconditions.clear();
  record.single_call = SocketCall::getsockopt;
  EXPECT_TRUE(written(record)["precondition"]["seen"].is_null());
  record.single_call = SocketCall::connect;
  EXPECT_EQ(written(record)["precondition"]["seen"], false);
}

TEST(RecordJson, HasWhatADocumentPromises) {
  Record record = full_record();
  EXPECT_TRUE(written(record)["promised"].is_null());
  EXPECT_EQ(read_cell_result(to_json_line(record)).promised, "");
  json older = written(record);
  older.erase("promised");
  EXPECT_EQ(read_cell_result(older.dump()).promised, "");
  record.promised = Outcome::failed(SocketCall::setsockopt, EDOM);
  EXPECT_EQ(written(record)["promised"], "setsockopt:EDOM");
  EXPECT_EQ(read_cell_result(to_json_line(record)).promised, "setsockopt:EDOM");
}

TEST(RecordJson, HasEachStepWithItsTimesAndTable) {
  const json step = written(full_record())["steps"].at(0);
  EXPECT_EQ(step["text"], "server exits");
  EXPECT_EQ(step["start_ns"], 10);
  EXPECT_EQ(step["end_ns"], 25);
  EXPECT_EQ(step["note"], "exit 0");
  EXPECT_EQ(step["table"], json::parse(R"([
    {"protocol": "tcp", "state": "TIME_WAIT", "local": "127.0.0.1:12000",
     "remote": "127.0.0.1:40000", "timer": {"kind": "time_wait", "left_ms": 59990},
     "unread": 3, "uid": 1000, "inode": 0, "cookie": 0}])"));
}

TEST(RecordJson, HasEachActorWithWhatItPrinted) {
  EXPECT_EQ(written(full_record())["actors"], json::parse(R"([
    {"name": "server", "command": ["message_server", "--with", "both"], "end": "exit 0",
     "output": "received: hello\n", "errors": ""}])"));
}

TEST(RecordJson, OfACellThatNeverStartedHasEmptyListsAndNoOutcome) {
  const json record = written(Record{});
  EXPECT_TRUE(record["outcome"].is_null());
  for (const char* key : {"attempt", "steps", "actors"})
    EXPECT_EQ(record[key], json::array()) << key;
  EXPECT_EQ(record["cell"], json::object());
  EXPECT_EQ(record["verdict"], "error");
}

TEST(RecordJson, StaysValidWhenAProgramPrintsWhatIsNoUtf8) {
  Record record = full_record();
  record.actors[0].output =
      "caf\xe9 \xff"
      "bound";
  EXPECT_EQ(written(record)["actors"][0]["output"], "caf\ufffd \ufffdbound");
}

TEST(RecordJson, GivesReportsBackWhatTheyNeed) {
  const CellResult result = read_cell_result(to_json_line(full_record()));
  EXPECT_EQ(result.scenario, "server-closes-first");
  EXPECT_EQ(result.theme, "who-closes-first");
  EXPECT_EQ(result.title, "The server closes first");
  EXPECT_EQ(cell_name(result.point), "rebind=plain,first=both");
  EXPECT_EQ(result.verdict, Verdict::fail);
  EXPECT_EQ(result.reason, "expected bound, got bind:EADDRINUSE");
  EXPECT_EQ(result.outcome, "bind:EADDRINUSE");
  EXPECT_EQ(result.expected, "bound");
}

TEST(RecordJson, GivesAnEmptyOutcomeBackWhereThereWasNone) {
  EXPECT_EQ(read_cell_result(to_json_line(Record{})).outcome, "");
}

TEST(RecordJson, GivesBackWhatThePreconditionsSaw) {
  const struct {
    const char* name;
    std::vector<PreconditionRecord> looks;
    const char* seen;
  } rows[] = {
      {"no look", {}, ""},
      {"the server alone", {{"server", "TIME_WAIT", "2 TIME_WAIT"}}, "2 TIME_WAIT"},
      {"a client alone", {{"client", "TIME_WAIT", "TIME_WAIT"}}, "client TIME_WAIT"},
      {"nothing at all", {{"server", "nothing", "nothing"}, {"client", "", "nothing"}}, "nothing"},
      {"a client that is gone",
       {{"server", "", "TIME_WAIT"}, {"client", "", "nothing"}},
       "TIME_WAIT"},
      {"both",
       {{"server", "", "LISTEN"}, {"client", "", "SYN_SENT"}},
       "server LISTEN; client SYN_SENT"},
  };
  for (const auto& row : rows) {
    Record record = full_record();
    record.preconditions = row.looks;
    EXPECT_EQ(read_cell_result(to_json_line(record)).seen, row.seen) << row.name;
  }
}

TEST(RecordJson, KeepsEveryVerdict) {
  for (const auto& [verdict, name] : kVerdicts.rows()) {
    Record record = full_record();
    record.verdict = verdict;
    EXPECT_EQ(read_cell_result(to_json_line(record)).verdict, verdict) << name;
  }
}

TEST(RecordJson, RefusesALineThatIsNoRecord) {
  for (const char* line : {"", "records", "[]", "{}", "{\"schema\": \"timewait.record/1\"}"})
    EXPECT_THAT([&] { read_cell_result(line); },
                testing::ThrowsMessage<Error>(testing::StartsWith("this is no record: ")))
        << line;
}

TEST(RecordJson, RefusesAnotherSchema) {
  EXPECT_THAT([] { read_cell_result(R"({"schema": "timewait.record/2"})"); },
              testing::ThrowsMessage<Error>(
                  "a record has the schema \"timewait.record/2\", not timewait.record/1"));
}

TEST(RecordJson, RefusesAnUnknownVerdict) {
  json record = written(full_record());
  record["verdict"] = "perhaps";
  EXPECT_THAT([&] { read_cell_result(record.dump()); },
              testing::ThrowsMessage<Error>("a record has the unknown verdict \"perhaps\""));
}

}  // namespace
}  // namespace timewait
