#include "harness/report/run_facts.h"

#include <nlohmann/json.hpp>

#include "harness/run/kept_json.h"

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

RunFacts read_run_facts(const std::string& text) {
  const KeptDocument document("facts.json", text);
  const KeptValue json = document.root();
  check_schema(json, kFactsSchema, "facts.json");
  const KeptValue architecture = json.at("architecture");
  const KeptValue hz = json.at("hz");
  return {.kernel = json.at("kernel").text(),
          .architecture = architecture.is_null() ? "" : architecture.text(),
          .hz = hz.is_null() ? 0 : hz.number<int>(0),
          .isolation = json.at("isolation").text(),
          .sysctls = json.at("sysctls").texts_by_name(),
          .version = json.at("version").text()};
}

}  // namespace timewait
