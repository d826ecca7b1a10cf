#include "harness/run/record_json.h"

#include <gmock/gmock.h>

#include "harness/run/cell_result.h"
#include "harness/run/test_full_record.h"

namespace timewait {
namespace {

using nlohmann::json;
using std::chrono::nanoseconds;

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
  for (const char* key : {"predicted", "attempt", "precondition", "steps", "packets", "timeline"})
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
    {"actor": "server", "asked": "TIME_WAIT", "seen": "TIME_WAIT",
     "place": {"side": "local", "endpoint": "0.0.0.0:12000", "protocol": "tcp"}}])"));
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

TEST(RecordJson, HasWhatARepeatedAttemptTook) {
  Record record = full_record();
  EXPECT_TRUE(written(record)["repeated"].is_null());
  record.repetition = Repetition{.times = 2400,
                                 .first_outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
                                 .seen_for = nanoseconds(700),
                                 .timer_left = std::chrono::milliseconds(59'990),
                                 .refused_until = nanoseconds(61'415'000'000),
                                 .took = nanoseconds(61'440'000'000),
                                 .at_least = std::chrono::seconds(60),
                                 .at_most = nanoseconds(62'048'000'000),
                                 .table_refused = {time_wait()}};
  json repeated = written(record)["repeated"];
  EXPECT_EQ(repeated["table_refused"].size(), 1u);
  repeated.erase("table_refused");
  EXPECT_EQ(repeated, json::parse(R"({
    "times": 2400, "first_outcome": "bind:EADDRINUSE", "seen_for_ns": 700,
    "timer_left_ns": 59990000000, "refused_until_ns": 61415000000, "took_ns": 61440000000,
    "at_least_ns": 60000000000, "at_most_ns": 62048000000})"));
  record.repetition->timer_left.reset();
  record.repetition->at_most.reset();
  EXPECT_TRUE(written(record)["repeated"]["timer_left_ns"].is_null());
  EXPECT_TRUE(written(record)["repeated"]["at_most_ns"].is_null());
}

TEST(RecordJson, HasWhatADocumentPromises) {
  Record record = full_record();
  EXPECT_TRUE(written(record)["promised"].is_null());
  EXPECT_EQ(cell_result_of(record).promised, "");
  record.promised = Outcome::failed(SocketCall::setsockopt, EDOM);
  EXPECT_EQ(written(record)["promised"], "setsockopt:EDOM");
  EXPECT_EQ(cell_result_of(kept(record)).promised, "setsockopt:EDOM");
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
     "place": {"side": "local", "endpoint": "0.0.0.0:12000", "protocol": "tcp"},
     "output": "received: hello\n", "errors": ""}])"));
}

TEST(RecordJson, HasTheExplanationInEnglishAndSoThatItCanBeToldInOtherLanguages) {
  const json prediction = written(explained_record())["prediction"];
  EXPECT_EQ(prediction["why"],
            "Both sockets need SO_REUSEADDR, and the new one has not set it. No option would help "
            "as long as it is there.");
  EXPECT_EQ(prediction["why_said"].dump(),
            R"([["new_one_lacks","SO_REUSEADDR"],["no_option_helps"]])");
}

TEST(RecordJson, SaysWhyThereAreNoSegments) {
  Record record = full_record();
  record.evidence = Evidence{.no_capture = "refused"};
  EXPECT_EQ(written(record)["packets"], json({{"not_captured", "refused"}}));
  EXPECT_EQ(to_json_line(kept(record)), to_json_line(record));
}

TEST(RecordJson, OfARecordWithoutEvidenceHasNull) {
  Record record = full_record();
  record.steps[0].table.reset();
  const json read = written(record);
  EXPECT_TRUE(read["packets"].is_null());
  EXPECT_TRUE(read["timeline"].is_null());
  EXPECT_TRUE(read["steps"][0]["table"].is_null());
  EXPECT_EQ(to_json_line(kept(record)), to_json_line(record));
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

}  // namespace
}  // namespace timewait
