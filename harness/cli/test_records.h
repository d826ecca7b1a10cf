// What runs of single cells keep, for tests of what a user sees.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/cli/timewait_command.h"

namespace timewait {

/// A server that closed first: it passes, and its port is held by TIME_WAIT.
inline constexpr const char* kTimeWaitCell = "server-closes-first/first=plain,rebind=plain";

/// A scenario file of one cell.
inline std::string scenario_around(const std::string& script, const std::string& expect) {
  return "title = \"A test\"\nteaches = \"Nothing.\"\nfrom = [\"ours\"]\nexpect = \"" + expect +
         "\"\nscript = \"\"\"\n" + script + "\"\"\"\n";
}

/// A server that was interrupted and left nothing: what comes of it is `bound`.
inline constexpr const char* kIdleServerInterrupted =
    "server runs message_server\nserver gets SIGINT\nserver dies of SIGINT\n"
    "precondition server nothing\nrebind\n";

/// The lines of records.jsonl in the folder that `run --out` wrote.
inline std::vector<std::string> record_lines(const std::string& folder) {
  std::ifstream file(folder + "/records.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// The only record that `run` with these arguments makes; null when there is none.
inline nlohmann::json record_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"run", "--no-out", "--format", "json"});
  const CommandResult result = run_timewait(arguments);
  const auto run = nlohmann::json::parse(result.output, nullptr, false);
  EXPECT_FALSE(run.is_discarded()) << result.end.text() << result.errors;
  return run.is_discarded() ? nlohmann::json() : run["records"][0];
}

/// The events of one kind on the timeline of a record, in their order.
inline std::vector<nlohmann::json> events_of(const nlohmann::json& record,
                                             const std::string& kind) {
  std::vector<nlohmann::json> events;
  for (const auto& event : record["timeline"])
    if (event["event"] == kind) events.push_back(event);
  return events;
}

/// True where segments cannot be captured: then a record cannot have them.
inline bool lacks_capture(const nlohmann::json& record) {
  return record["packets"].is_object() && record["packets"].contains("not_captured");
}

}  // namespace timewait
