#include "harness/report/run_facts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/run/parse_json.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFactsSchema = "timewait.facts/1";

/// What is known of a run, in words, by name.
std::map<std::string, std::string> facts_by_name(const RunFacts& facts) {
  std::map<std::string, std::string> all{{"kernel", facts.kernel},
                                         {"architecture", facts.architecture},
                                         {"hz", facts.hz == 0 ? "" : std::to_string(facts.hz)},
                                         {"isolation", facts.isolation},
                                         {"version", facts.version}};
  for (const auto& [name, value] : facts.sysctls) all["sysctl " + name] = value;
  return all;
}

}  // namespace

std::vector<Change> differences(const RunFacts& before, const RunFacts& after) {
  auto first = facts_by_name(before);
  auto second = facts_by_name(after);
  for (const auto& [name, value] : first) second.try_emplace(name);
  const auto words = [](const std::string& value) { return value.empty() ? "none" : value; };
  std::vector<Change> changes;
  for (const auto& [name, value] : second)
    if (first[name] != value)
      changes.push_back({.what = name, .before = words(first[name]), .after = words(value)});
  return changes;
}

RunFacts facts_of(const RunSummary& summary) {
  return {.kernel = summary.kernel,
          .architecture = summary.architecture,
          .hz = summary.hz,
          .isolation = summary.isolation,
          .sysctls = summary.sysctls,
          .version = summary.version};
}

std::string to_json(const RunFacts& facts) {
  const Json json{{"schema", kFactsSchema},
                  {"version", facts.version},
                  {"kernel", facts.kernel},
                  {"architecture", facts.architecture.empty() ? Json() : Json(facts.architecture)},
                  {"hz", facts.hz == 0 ? Json() : Json(facts.hz)},
                  {"isolation", facts.isolation},
                  {"sysctls", facts.sysctls}};
  return json.dump(2) + "\n";
}

RunFacts read_run_facts(const std::string& text) try {
  const auto json = parse_json<nlohmann::json>(text);
  if (json.at("schema") != kFactsSchema)
    throw BadInput(fmt::format("facts.json has the schema {}, not {}", json.at("schema").dump(),
                               kFactsSchema));
  const auto& architecture = json.at("architecture");
  const auto& hz = json.at("hz");
  return {.kernel = json.at("kernel"),
          .architecture = architecture.is_null() ? "" : architecture.get<std::string>(),
          .hz = hz.is_null() ? 0 : hz.get<int>(),
          .isolation = json.at("isolation"),
          .sysctls = json.at("sysctls"),
          .version = json.at("version")};
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no facts.json: {}", error.what()));
}

}  // namespace timewait
