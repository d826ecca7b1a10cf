// timewait run --evidence: how much of what was seen a record keeps.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using nlohmann::json;

struct Level {
  const char* name;
  std::vector<std::string> options;
  bool keeps_pass;  ///< the evidence of a cell that passes
  bool keeps_fail;  ///< and of one that does not
};

class EvidenceLevels : public testing::TestWithParam<Level> {
 protected:
  /// The record of a server that closed first, and of what is expected of it.
  static json record_with(const std::string& expected) {
    const TemporaryFolder folder;
    const std::string file = folder.write("cell.toml", scenario_around(kScript, expected));
    std::vector<std::string> arguments = GetParam().options;
    arguments.push_back(file);
    return record_of(arguments);
  }

  static void expect_evidence(const json& record, bool is_kept) {
    EXPECT_EQ(record["timeline"].is_null(), !is_kept);
    EXPECT_EQ(record["packets"].is_null(), !is_kept);
    for (const json& step : record["steps"])
      EXPECT_EQ(step["table"].is_null(), !is_kept) << step["text"];
    if (is_kept) expect_whole_evidence(record);
  }

  /// What decides is always there.
  static void expect_what_decides(const json& record) {
    EXPECT_EQ(record["outcome"], "bind:EADDRINUSE");
    EXPECT_EQ(record["precondition"]["seen"], true);
    for (const char* look : {"table", "table_after_attempt"}) {
      ASSERT_EQ(record["precondition"][look].size(), 1u) << look;
      EXPECT_EQ(record["precondition"][look][0]["state"], "TIME_WAIT") << look;
    }
    ASSERT_EQ(record["attempt"].size(), 2u);
    EXPECT_EQ(record["attempt"][0]["call"], "socket");
    EXPECT_EQ(record["attempt"][1]["call"], "bind");
    EXPECT_EQ(record["attempt"][1]["errno"], "EADDRINUSE");
    EXPECT_EQ(record["steps"].size(), 13u);
  }

 private:
  static void expect_whole_evidence(const json& record) {
    EXPECT_EQ(events_of(record, "step").size(), record["steps"].size());
    EXPECT_FALSE(events_of(record, "table").empty());
    EXPECT_FALSE(events_of(record, "process").empty());
    EXPECT_EQ(events_of(record, "call").size(), 2u);
    if (lacks_capture(record)) return;
    EXPECT_EQ(record["packets"]["kept"], events_of(record, "segment").size());
    EXPECT_GE(record["packets"]["kept"], 10) << "three to open, four to close, data and ACKs";
    EXPECT_EQ(record["packets"]["dropped"], 0);
    EXPECT_EQ(record["packets"]["left_out"], 0);
  }

  static constexpr const char* kScript =
      "server runs message_server\nclient runs message_client\nserver gets SIGSTOP\n"
      "client types hello\nserver has 40 unread\nclient gets SIGSTOP\nserver gets SIGCONT\n"
      "server exits\nawait server FIN_WAIT2\nclient gets SIGCONT\nclient exits\n"
      "precondition server TIME_WAIT\nrebind\n";
};

TEST_P(EvidenceLevels, KeepWhatTheySayOfACellThatPasses) {
  const json record = record_with("bind:EADDRINUSE");
  EXPECT_EQ(record["verdict"], "pass");
  expect_evidence(record, GetParam().keeps_pass);
  expect_what_decides(record);
}

TEST_P(EvidenceLevels, KeepWhatTheySayOfACellThatFails) {
  const json record = record_with("bound");
  EXPECT_EQ(record["verdict"], "fail");
  EXPECT_EQ(record["reason"], "expected bound, got bind:EADDRINUSE");
  expect_evidence(record, GetParam().keeps_fail);
  expect_what_decides(record);
}

INSTANTIATE_TEST_SUITE_P(
    Run, EvidenceLevels,
    testing::Values(Level{.name = "None",
                          .options = {"--evidence", "none"},
                          .keeps_pass = false,
                          .keeps_fail = false},
                    Level{.name = "Failed",
                          .options = {"--evidence", "failed"},
                          .keeps_pass = false,
                          .keeps_fail = true},
                    Level{.name = "Full",
                          .options = {"--evidence", "full"},
                          .keeps_pass = true,
                          .keeps_fail = true},
                    Level{
                        .name = "Unsaid", .options = {}, .keeps_pass = false, .keeps_fail = true}),
    [](const auto& level) { return std::string(level.param.name); });

}  // namespace
}  // namespace timewait
