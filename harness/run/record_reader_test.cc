// What is read of a kept record: all that was written, or a sentence that names what does not fit.

#include <gmock/gmock.h>

#include "harness/run/test_full_record.h"

namespace timewait {
namespace {

using nlohmann::json;
using std::chrono::nanoseconds;

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

TEST(RecordJson, KeepsEveryVerdict) {
  for (const auto& [verdict, name] : kVerdicts.rows()) {
    Record record = full_record();
    record.verdict = verdict;
    EXPECT_EQ(kept(record).verdict, verdict) << name;
  }
}

TEST(RecordJson, GivesTheExplanationBack) {
  const Record record = explained_record();
  EXPECT_EQ(kept(record).predicted, record.predicted);
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

TEST(RecordJson, RefusesALineThatIsNoRecord) {
  for (const char* line : {"", "records", "[]", "{}", "{\"schema\": \"timewait.record/1\"}"})
    expect_refused(line, testing::StartsWith("this is no record: "));
}

TEST(RecordJson, RefusesAnotherSchema) {
  expect_refused(R"({"schema": "timewait.record/2"})",
                 "a record has the schema \"timewait.record/2\", not timewait.record/1");
}

TEST(RecordJson, RefusesAnUnknownVerdict) {
  json record = written(full_record());
  record["verdict"] = "perhaps";
  expect_refused(record.dump(), "this is no record: verdict: \"perhaps\" is no verdict");
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
    expect_refused(record.dump(), std::string("this is no record: ") + row.message);
  }
}

TEST(RecordJson, NamesEveryKeyThatIsMissing) {
  const json whole = crowded_record();
  for (const auto& [key, value] : whole.items()) {
    json record = whole;
    record.erase(key);
    expect_refused(record.dump(), "this is no record: " + key + " is missing");
  }
}

}  // namespace
}  // namespace timewait
