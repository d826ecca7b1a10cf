// timewait run --trace: one cell is run and drawn.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/report/text_style.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kServerWaits =
    "server-closes-first/first=plain,rebind=plain\nThe server closes first\n";

/// Runs and draws on a sheet of so many columns.
CommandResult trace(const std::vector<std::string>& names, int columns = 100) {
  std::vector<std::string> command = {"env", "-u", "CLICOLOR_FORCE", "LC_ALL=C.UTF-8",
                                      "COLUMNS=" + std::to_string(columns)};
  command.insert(command.end(), {timewait_path(), "run", "--no-out", "--trace"});
  command.insert(command.end(), names.begin(), names.end());
  return run_command(command);
}

int widest_line(const std::string& text) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

/// Each phrase stands somewhere after the one before it.
void expect_in_order(const std::string& text, const std::vector<std::string>& phrases) {
  std::size_t from = 0;
  for (const std::string& phrase : phrases) {
    const auto found = text.find(phrase, from);
    ASSERT_NE(found, std::string::npos) << "no \"" << phrase << "\" at its place in\n" << text;
    from = found + phrase.size();
  }
}

TEST(TraceOfARun, DrawsStepsProcessesAndStates) {
  const auto result = trace({kTimeWaitCell});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, StartsWith(kServerWaits));
  expect_in_order(result.output,
                  {"╌╌ server runs message_server with plain → its socket has plain",
                   "● starts message_server --with plain", " LISTEN │", "starts message_client ●",
                   " ESTABLISHED │", "↯ gets SIGSTOP, stops", "↯ gets SIGCONT", "goes on",
                   "× ends, exit 0", "╌╌ await server FIN_WAIT2", " FIN_WAIT2 ┊", " TIME_WAIT ┊",
                   "╌╌ precondition server TIME_WAIT", "╌╌ rebind with plain → bind:EADDRINUSE"});
}

TEST(TraceOfARun, DrawsTheSegmentsInTheirOrder) {
  const auto result = trace({kTimeWaitCell});
  if (result.output.find("no segments:") != std::string::npos) GTEST_SKIP();
  expect_in_order(result.output,
                  {"◄", "─ SYN ─", "─ SYN, ACK ─", "►", "─ PSH, ACK 40 bytes ─",
                   "─ FIN, ACK seq 41 ack 41 ─", "►", "◄", "─ FIN, ACK seq 41 ack 42 ─"});
}

TEST(TraceOfARun, EndsWithTheAttemptTheVerdictAndWhoHoldsThePort) {
  const auto result = trace({kTimeWaitCell});
  EXPECT_THAT(result.output,
              ContainsRegex("◆ bind\\(0\\.0\\.0\\.0:12000\\) = -1 EADDRINUSE\n\n"
                            "✓ pass: bind:EADDRINUSE, as expected\n"
                            "held by TIME_WAIT 127\\.0\\.0\\.1:12000 -> 127\\.0\\.0\\.1:[0-9]+, "
                            "no process, [56][0-9]\\.[0-9]+ s left, no option\n$"));
}

TEST(TraceOfARun, NamesTheOptionsOfWhatSharesThePort) {
  const auto result = trace({"server-closes-first/first=reuseaddr,rebind=reuseaddr"});
  EXPECT_THAT(result.output, HasSubstr("✓ pass: bound, as expected\nshared with TIME_WAIT "));
  EXPECT_THAT(result.output, HasSubstr(" s left, SO_REUSEADDR\n"));
}

TEST(TraceOfARun, IsNoWiderThanTheTerminalAndUsesItsWidth) {
  int narrower = 0;
  for (const int columns : {60, 80, 120}) {
    const auto result = trace({kTimeWaitCell}, columns);
    const int width = widest_line(result.output);
    EXPECT_LE(width, columns) << result.output;
    EXPECT_GT(width, narrower) << result.output;
    narrower = width;
  }
}

TEST(TraceOfARun, TakesTheFirstOfSeveralCells) {
  EXPECT_THAT(trace({"server-closes-first"}).output, StartsWith(kServerWaits));
  const auto result = trace({"unread-request/first=plain,rebind=plain",
                             "server-closes-first/first=both,"
                             "rebind=plain"});
  EXPECT_THAT(result.output, StartsWith("unread-request/first=plain,rebind=plain\n"));
  EXPECT_THAT(result.output, Not(HasSubstr("server-closes-first")));
}

TEST(TraceOfARun, CanBeASequenceDiagramOfMermaid) {
  const auto result = trace({kTimeWaitCell, "--format", "mermaid"});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output,
              StartsWith("sequenceDiagram\n    title server-closes-first/first=plain,rebind=plain\n"
                         "    participant server as server 0.0.0.0:12000\n"
                         "    participant client as client\n"));
  expect_in_order(result.output,
                  {"Note left of server: LISTEN\n", "Note left of server: ESTABLISHED\n",
                   "deactivate server\n", "Note left of server: TIME_WAIT\n", "EADDRINUSE"});
}

TEST(TraceOfARun, CanBeTheRecordItself) {
  const auto result = trace({kTimeWaitCell, "--format", "json", "--evidence", "none"});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_EQ(std::ranges::count(result.output, '\n'), 1);
  const json record = json::parse(result.output);
  EXPECT_EQ(record["schema"], "timewait.record/1");
  EXPECT_EQ(record["verdict"], "pass");
  EXPECT_FALSE(events_of(record, "table").empty()) << "what is to be drawn is kept in any case";
}

TEST(TraceOfARun, EndsWithTheExitCodeOfItsVerdict) {
  const TemporaryFolder folder;
  const auto wrong =
      folder.write("wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
  const auto fail = trace({wrong});
  EXPECT_EQ(fail.end.number, kFail);
  EXPECT_THAT(fail.output, HasSubstr("✗ fail: expected bind:EADDRINUSE, got bound\n"));
  const auto unseen = folder.write(
      "unseen.toml", scenario_around("server runs message_server\nserver gets SIGINT\n"
                                     "server dies of SIGINT\nprecondition server TIME_WAIT\n"
                                     "rebind\n",
                                     "bound"));
  const auto inconclusive = trace({unseen, "--step-timeout", "0.5"});
  EXPECT_EQ(inconclusive.end.number, kInconclusive);
  EXPECT_THAT(inconclusive.output,
              HasSubstr("? inconclusive: before the attempt server had to be TIME_WAIT"));
}

TEST(TraceOfARun, RefusesWhatIsNotAboutOneCell) {
  const auto mermaid = run_timewait({"run", kTimeWaitCell, "--no-out", "--format", "mermaid"});
  EXPECT_EQ(mermaid.end.number, kBadUsage);
  EXPECT_EQ(mermaid.errors, "timewait: --format mermaid draws one cell: say --trace, too\n");
  const std::vector<std::vector<std::string>> ways = {{"--trace"}, {"--step"}, {"--pcap", "x"}};
  for (std::vector<std::string> way : ways) {
    way.insert(way.begin(), {"run", kTimeWaitCell, "--no-out", "--repeat", "2"});
    const auto result = run_timewait(way);
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_EQ(result.output, "");
    EXPECT_EQ(result.errors,
              "timewait: --trace, --step and --pcap are about one run of one cell; leave --repeat "
              "out\n");
  }
}

}  // namespace
}  // namespace timewait
