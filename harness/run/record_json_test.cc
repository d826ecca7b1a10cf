#include "harness/run/record_json.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/run/cell_result.h"

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

const ActorPlace kServer{.endpoint = *Endpoint::parse("0.0.0.0:12000")};

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
      .precondition_places = {kServer},
      .attempt_place = kServer,
      .table_before = {time_wait()},
      .table_after = {},
      .steps = {{.text = "server exits",
                 .start = nanoseconds(10),
                 .end = nanoseconds(25),
                 .note = "exit 0",
                 .table = Table{time_wait()}}},
      .actors = {{.name = "server",
                  .command = {"message_server", "--with", "both"},
                  .end = "exit 0",
                  .place = kServer,
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

TEST(RecordJson, GivesBackWhatWasMeasured) {
  Record record = full_record();
  EXPECT_EQ(cell_result_of(record).measured, "");
  record.repetition =
      Repetition{.took = std::chrono::seconds(64), .at_least = std::chrono::seconds(64)};
  EXPECT_EQ(cell_result_of(record).measured, "for 64 s");
  record.outcome = Outcome::bound();
  record.repetition->at_most = std::chrono::seconds(66);
  EXPECT_EQ(cell_result_of(record).measured, "after 64.00 s (64 to 66 s)");
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
  EXPECT_EQ(cell_result_of(record).promised, "");
  record.promised = Outcome::failed(SocketCall::setsockopt, EDOM);
  EXPECT_EQ(written(record)["promised"], "setsockopt:EDOM");
  EXPECT_EQ(cell_result_of(read_record(to_json_line(record))).promised, "setsockopt:EDOM");
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

/// One event of each kind.
Evidence full_evidence() {
  const Segment fin{.kind = Segment::Kind::tcp,
                    .from = *Endpoint::parse("127.0.0.1:12000"),
                    .to = *Endpoint::parse("127.0.0.1:40000"),
                    .flags = 0x11,
                    .sequence = 41,
                    .acknowledgement = 42,
                    .length = 3};
  SocketEntry owned = time_wait();
  owned.owner = "server";
  owned.options = OptionSet::reuseaddr;
  const CallResult call{.call = SocketCall::bind, .arguments = "x", .value = -1, .error = EINVAL};
  return {.timeline = {{.at = nanoseconds(1), .what = StepBegan{.index = 2}},
                       {.at = nanoseconds(2),
                        .what = SegmentArrived{.segment = fin,
                                               .frame = std::string("\x00\xff\x10", 3)}},
                       {.at = nanoseconds(3),
                        .what = TableSeen{.looked_from = nanoseconds(2), .table = {owned}}},
                       {.at = nanoseconds(4),
                        .what = ProcessChanged{.actor = "server",
                                               .pid = 3,
                                               .change = ProcessChange::signalled,
                                               .detail = "SIGKILL"}},
                       {.at = nanoseconds(5), .what = CallMade{.call = call}}},
          .capture = CaptureCounts{.kept = 1, .dropped = 2, .left_out = 3}};
}

TEST(RecordJson, CanBeReadBackWhole) {
  Record record = full_record();
  record.evidence = full_evidence();
  record.trouble = Trouble{.verdict = Verdict::skip, .text = "no IPv6"};
  record.attempt_ends_holder = true;
  record.started = std::chrono::system_clock::time_point(nanoseconds(1'700'000'000'123'456'789));
  const std::string line = to_json_line(record);
  EXPECT_EQ(to_json_line(read_record(line)), line);
}

Record explained_record() {
  Record record = full_record();
  record.predicted =
      PredictionRecord{.outcome = record.outcome,
                       .rules = {"both_reuseaddr"},
                       .why = {{.phrase = Phrase::new_one_lacks, .arguments = {"SO_REUSEADDR"}},
                               {.phrase = Phrase::no_option_helps}}};
  return record;
}

TEST(RecordJson, HasTheExplanationInEnglishAndSoThatItCanBeToldInOtherLanguages) {
  const json prediction = written(explained_record())["prediction"];
  EXPECT_EQ(prediction["why"],
            "Both sockets need SO_REUSEADDR, and the new one has not set it. No option would help "
            "as long as it is there.");
  EXPECT_EQ(prediction["why_said"].dump(),
            R"([["new_one_lacks","SO_REUSEADDR"],["no_option_helps"]])");
}

TEST(RecordJson, GivesTheExplanationBack) {
  const Record record = explained_record();
  EXPECT_EQ(read_record(to_json_line(record)).predicted, record.predicted);
}

TEST(RecordJson, HasTheEnglishExplanationAloneInEarlierRecords) {
  json record = written(explained_record());
  record["prediction"].erase("why_said");
  record["prediction"]["why"] = "It is in use.";
  const Record read = read_record(record.dump());
  EXPECT_EQ(text(read.predicted->why, Language::en), "It is in use.");
  EXPECT_EQ(text(read.predicted->why, Language::zh), "It is in use.");
  EXPECT_EQ(written(read)["prediction"]["why"], "It is in use.");
}

TEST(RecordJson, RefusesAnExplanationThatCannotBeTold) {
  json record = written(explained_record());
  record["prediction"]["why_said"][0][0] = "no_such_phrase";
  EXPECT_THROW(read_record(record.dump()), BadInput);
}

TEST(RecordJson, SaysWhyThereAreNoSegments) {
  Record record = full_record();
  record.evidence = Evidence{.no_capture = "refused"};
  EXPECT_EQ(written(record)["packets"], json({{"not_captured", "refused"}}));
  EXPECT_EQ(to_json_line(read_record(to_json_line(record))), to_json_line(record));
}

TEST(RecordJson, OfARecordWithoutEvidenceHasNull) {
  Record record = full_record();
  record.steps[0].table.reset();
  const json read = written(record);
  EXPECT_TRUE(read["packets"].is_null());
  EXPECT_TRUE(read["timeline"].is_null());
  EXPECT_TRUE(read["steps"][0]["table"].is_null());
  EXPECT_EQ(to_json_line(read_record(to_json_line(record))), to_json_line(record));
}

TEST(RecordJson, GivesReportsBackWhatTheyNeed) {
  const CellResult result = cell_result_of(read_record(to_json_line(full_record())));
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
  EXPECT_EQ(cell_result_of(read_record(to_json_line(Record{}))).outcome, "");
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
    EXPECT_EQ(cell_result_of(record).seen, row.seen) << row.name;
  }
}

TEST(RecordJson, KeepsEveryVerdict) {
  for (const auto& [verdict, name] : kVerdicts.rows()) {
    Record record = full_record();
    record.verdict = verdict;
    EXPECT_EQ(read_record(to_json_line(record)).verdict, verdict) << name;
  }
}

TEST(RecordJson, GivesBackWhereACellWasThatHadNoNetworkOfItsOwn) {
  Record record = full_record();
  EXPECT_FALSE(written(record).contains("relocation"));
  EXPECT_EQ(read_record(to_json_line(record)).relocation, std::nullopt);
  record.relocation = Relocation{.host = *Endpoint::parse("127.9.8.7:0"),
                                 .ports = {{12000, 20001}, {13000, 20002}},
                                 .wildcards = {12000},
                                 .ephemeral = {.first = 30000, .last = 31000}};
  EXPECT_EQ(written(record)["relocation"],
            json::parse(R"({"address": "127.9.8.7", "ports": {"12000": 20001, "13000": 20002},
                            "wildcards": [12000], "ephemeral": [30000, 31000]})"));
  EXPECT_EQ(read_record(to_json_line(record)).relocation, record.relocation);
}

TEST(RecordJson, RefusesALineThatIsNoRecord) {
  for (const char* line : {"", "records", "[]", "{}", "{\"schema\": \"timewait.record/1\"}"})
    EXPECT_THAT([&] { read_record(line); },
                testing::ThrowsMessage<Error>(testing::StartsWith("this is no record: ")))
        << line;
}

TEST(RecordJson, RefusesAnotherSchema) {
  EXPECT_THAT([] { read_record(R"({"schema": "timewait.record/2"})"); },
              testing::ThrowsMessage<Error>(
                  "a record has the schema \"timewait.record/2\", not timewait.record/1"));
}

TEST(RecordJson, RefusesAnUnknownVerdict) {
  json record = written(full_record());
  record["verdict"] = "perhaps";
  EXPECT_THAT(
      [&] { read_record(record.dump()); },
      testing::ThrowsMessage<Error>("this is no record: verdict: \"perhaps\" is no verdict"));
}

/// A record in which everything is that a record can have.
json crowded_record() {
  Record record = explained_record();
  record.repetition = Repetition{.times = 1, .table_refused = {time_wait()}};
  record.predicted->sockets = {{.moments = {{.state = TcpState::listen}}}};
  record.trouble = Trouble{.verdict = Verdict::error, .text = "it broke"};
  record.evidence = Evidence{.timeline = {{.what = StepBegan{}},
                                          {.what = SegmentArrived{.segment = {}, .frame = "x"}},
                                          {.what = TableSeen{.table = {time_wait()}}},
                                          {.what = ProcessChanged{.actor = "server"}},
                                          {.what = CallMade{.call = {.call = SocketCall::bind}}}},
                             .capture = CaptureCounts{.kept = 1}};
  return written(record);
}

TEST(RecordJson, SaysWhatDoesNotFitAndWhere) {
  const struct {
    const char* place;
    json value;
    const char* message;
  } rows[] = {
      {"/cell", "plain", "cell: \"plain\" is no object"},
      {"/cell/first", 1, "cell.first: 1 is no text"},
      {"/outcome", "boundless", "outcome: \"boundless\" is no outcome"},
      {"/expected", nullptr, "expected: null is no text"},
      {"/attempt_place/endpoint", "here", "attempt_place.endpoint: \"here\" is no address"},
      {"/attempt_place/side", "middle", "attempt_place.side: \"middle\" is no side"},
      {"/attempt/1/errno", "EWHAT", "attempt[1].errno: \"EWHAT\" is no errno"},
      {"/attempt/1/call", "bite", "attempt[1].call: \"bite\" is no call"},
      {"/attempt/1/result", 1e10,
       "attempt[1].result: 10000000000.0 is no whole number from -2147483648 to 2147483647"},
      {"/attempt_ends_holder", 1, "attempt_ends_holder: 1 is no true or false"},
      {"/single_call", "bite", "single_call: \"bite\" is no call"},
      {"/steps/0/note", 7, "steps[0].note: 7 is no text"},
      {"/steps/0/end_ns", 1'000'000'000'000'000'001,
       "steps[0].end_ns: 1000000000000000001 is no whole number from -1000000000000000000 to "
       "1000000000000000000"},
      {"/steps/0/table/0/state", "ASLEEP", "steps[0].table[0].state: \"ASLEEP\" is no state"},
      {"/steps/0/table/0/timer/kind", "egg", "steps[0].table[0].timer.kind: \"egg\" is no timer"},
      {"/steps/0/table/0/options", "none", "steps[0].table[0].options: \"none\" is no option set"},
      {"/steps/0/table/0/protocol", "sctp", "steps[0].table[0].protocol: \"sctp\" is no protocol"},
      {"/actors/0/command", "peer", "actors[0].command: \"peer\" is no list"},
      {"/started_ns", -1, "started_ns: -1 is no whole number from 0 to 4000000000000000000"},
      {"/trouble/verdict", "bad", "trouble.verdict: \"bad\" is no verdict"},
      {"/repeated/times", -1, "repeated.times: -1 is no whole number from 0 to 2147483647"},
      {"/timeline/0/event", "nap", "timeline[0].event: \"nap\" is no event"},
      {"/timeline/1/kind", "icmp", "timeline[1].kind: \"icmp\" is no kind of segment"},
      {"/timeline/1/flags", "SIN", "timeline[1].flags: \"SIN\" is no list of TCP flags"},
      {"/timeline/1/frame", "7", "timeline[1].frame: \"7\" is no frame in hexadecimal digits"},
      {"/timeline/1/frame", "-7", "timeline[1].frame: \"-7\" is no frame in hexadecimal digits"},
      {"/timeline/3/change", "born", "timeline[3].change: \"born\" is no change"},
      {"/packets/clock_was_set", 0, "packets.clock_was_set: 0 is no true or false"},
      {"/prediction/sockets/0/moments/0/state", "ASLEEP",
       "prediction.sockets[0].moments[0].state: \"ASLEEP\" is no state"},
      {"/prediction/why_said/0/0", "no_such_phrase",
       "prediction.why_said[0][0]: \"no_such_phrase\" is no phrase"},
  };
  const json whole = crowded_record();
  ASSERT_NO_THROW(read_record(whole.dump()));
  for (const auto& row : rows) {
    json record = whole;
    record[json::json_pointer(row.place)] = row.value;
    EXPECT_THAT([&] { read_record(record.dump()); },
                testing::ThrowsMessage<BadInput>(std::string("this is no record: ") + row.message));
  }
}

TEST(RecordJson, NamesEveryKeyThatIsMissing) {
  const json whole = crowded_record();
  for (const auto& [key, value] : whole.items()) {
    json record = whole;
    record.erase(key);
    EXPECT_THAT([&] { read_record(record.dump()); },
                testing::ThrowsMessage<BadInput>("this is no record: " + key + " is missing"));
  }
}

}  // namespace
}  // namespace timewait
