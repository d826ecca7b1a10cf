// Records that were changed after the run: what a record says must be what it holds.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

/// The server was killed, its client stays: FIN_WAIT2 to the end.
constexpr const char* kFinWait2Cell =
    "killed-with-a-quiet-connection/signal=SIGKILL,client=stays,with=plain";

/// A folder with the full record of a cell, for somebody to meddle with.
class MeddledRecord {
 public:
  explicit MeddledRecord(const char* cell = kTimeWaitCell) : cell_(cell) {
    run_timewait({"run", cell, "--evidence", "full", "--out", folder_.path()});
    const auto lines = record_lines(folder_.path());
    if (lines.size() == 1) record = Json::parse(lines[0]);
  }

  /// Exit code and output of `report` and of `trace` for the record as it is now.
  CommandResult report() const { return read_with({"report", folder_.path()}); }
  CommandResult trace() const { return read_with({"trace", folder_.path(), cell_}); }

  Json record;

 private:
  CommandResult read_with(const std::vector<std::string>& arguments) const {
    folder_.write("records.jsonl", record.dump() + "\n");
    // Sentences are long, and lines are not to be broken here.
    std::vector<std::string> command = {"env", "COLUMNS=400", "LC_ALL=C.UTF-8", timewait_path()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_command(command);
  }

  TemporaryFolder folder_;
  std::string cell_;
};

/// Both commands call the record broken and say why.
void expect_found(const MeddledRecord& meddled, const std::string& why) {
  const auto report = meddled.report();
  EXPECT_EQ(report.end.number, kBroken);
  EXPECT_THAT(report.output, AllOf(HasSubstr("! error"), ContainsRegex(why)));
  const auto trace = meddled.trace();
  EXPECT_EQ(trace.end.number, kBroken);
  EXPECT_THAT(trace.output, AllOf(HasSubstr("! error: "), ContainsRegex(why)));
}

void remove_segments(Json& record, const std::function<bool(const Json&)>& is_meant) {
  Json rest = Json::array();
  for (const Json& event : record["timeline"])
    if (event["event"] != "segment" || !is_meant(event)) rest.push_back(event);
  record["timeline"] = rest;
}

bool has_fin(const Json& segment) {
  return segment["flags"].get<std::string>().find("FIN") != std::string::npos;
}

TEST(Contradictions, AreFoundWhenThePredictionIsAnother) {
  MeddledRecord meddled;
  meddled.record["predicted"] = "bound";
  expect_found(meddled,
               "the record says pass, but what it holds gives fail: model: it predicts "
               "bound, the kernel gave bind:EADDRINUSE");
}

TEST(Contradictions, AreFoundWhenTheModelNeverHadAStateThatWasSeen) {
  MeddledRecord meddled;
  for (Json& socket : meddled.record["prediction"]["sockets"])
    for (Json& moment : socket["moments"])
      if (moment["state"] == "TIME_WAIT") moment["state"] = nullptr;
  expect_found(meddled, "is TIME_WAIT, which the model does not have there");
}

TEST(Contradictions, AreFoundWhenNoFinLedToTheStatesAfterIt) {
  MeddledRecord meddled;
  if (lacks_capture(meddled.record)) GTEST_SKIP() << "segments cannot be captured here";
  remove_segments(meddled.record, has_fin);
  // In which of the states that need a FIN an end is seen first, is nobody's decision.
  expect_found(meddled,
               "the record contradicts itself: 127\\.0\\.0\\.1:[0-9]+ -> 127\\.0\\.0\\.1:[0-9]+ "
               "was seen in (FIN_WAIT2|CLOSE_WAIT|LAST_ACK|TIME_WAIT), but (it had sent no FIN|no "
               "FIN had come to it) before");
}

TEST(Contradictions, AreFoundWhenTheFinOfFinWait2WasNotAcknowledged) {
  MeddledRecord meddled(kFinWait2Cell);
  if (lacks_capture(meddled.record)) GTEST_SKIP() << "segments cannot be captured here";
  const auto& timeline = meddled.record["timeline"];
  const auto fin = std::ranges::find_if(
      timeline, [](const Json& event) { return event["event"] == "segment" && has_fin(event); });
  ASSERT_NE(fin, timeline.end());
  const auto end = (*fin)["seq"].get<int>() + 1;
  remove_segments(meddled.record, [&](const Json& segment) {
    return segment["to"] == "127.0.0.1:5120" && segment["ack"] == end;
  });
  expect_found(meddled,
               "the record contradicts itself: 127\\.0\\.0\\.1:5120 -> 127\\.0\\.0\\.1:[0-9]+ was "
               "seen in FIN_WAIT2, but its FIN had not been acknowledged before");
}

TEST(Contradictions, AreFoundInEveryFieldThatIsChangedByHand) {
  const struct {
    const char* name;
    std::function<void(Json&)> change;
    const char* why;
  } rows[] = {
      {"verdict", [](Json& record) { record["verdict"] = "fail"; },
       "the record says fail, but what it holds gives pass"},
      {"outcome", [](Json& record) { record["outcome"] = "bound"; },
       "the record contradicts itself: the outcome is bound, but the last call of the attempt was "
       "bind with errno EADDRINUSE"},
      {"expected", [](Json& record) { record["expected"] = "bound"; },
       "the record says pass, but what it holds gives fail: expected bound, got bind:EADDRINUSE"},
      {"precondition", [](Json& record) { record["precondition"]["states"][1]["seen"] = "LISTEN"; },
       "the record contradicts itself: the precondition says that server was LISTEN, but its table "
       "has TIME_WAIT"},
      {"table", [](Json& record) { record["precondition"]["table"] = Json::array(); },
       "the record contradicts itself: the precondition says that server was TIME_WAIT, but its "
       "table has nothing"},
  };
  MeddledRecord meddled;
  const Json untouched = meddled.record;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    meddled.record = untouched;
    row.change(meddled.record);
    expect_found(meddled, row.why);
  }
}

TEST(Contradictions, AreToldToWhoReadsTheReportAsJson) {
  const TemporaryFolder folder;
  run_timewait({"run", kTimeWaitCell, "--out", folder.path()});
  Json record = Json::parse(record_lines(folder.path()).at(0));
  record["outcome"] = "bound";
  folder.write("records.jsonl", record.dump() + "\n");
  const auto result = run_timewait({"report", folder.path(), "--format", "json"});
  EXPECT_EQ(result.end.number, kBroken);
  const Json report = Json::parse(result.output);
  EXPECT_EQ(report["run"]["totals"]["error"], 1);
  EXPECT_EQ(report["records"][0]["verdict"], "error");
  EXPECT_THAT(report["records"][0]["reason"].get<std::string>(),
              HasSubstr("the record contradicts itself: the outcome is bound"));
}

TEST(Contradictions, AreInNoRecordThatNobodyTouched) {
  const TemporaryFolder folder;
  const auto run = run_timewait({"run",
                                 "server-closes-first",
                                 "both-close-at-once",
                                 "killed-with-a-quiet-connection",
                                 "stopped-server",
                                 "linger-zero",
                                 "unread-request",
                                 "never-accepted",
                                 "socket-connected-to-itself",
                                 "daytime-server-executes-itself",
                                 "child-serves-on",
                                 "connecting-over-time-wait",
                                 "destroyed-by-the-administrator",
                                 "ipv6-time-wait",
                                 "udp-sockets",
                                 "values-read-back",
                                 "--evidence",
                                 "full",
                                 "--out",
                                 folder.path()});
  EXPECT_EQ(run.end.number, 0) << run.output;
  const auto report = run_timewait({"report", folder.path()});
  EXPECT_EQ(report.end.number, 0) << report.output;
  EXPECT_EQ(report.output, run.output);
}

}  // namespace
}  // namespace timewait
