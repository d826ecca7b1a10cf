#include "harness/run/run_summary.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"
#include "harness/run/kept_json.h"

namespace timewait {
namespace {

constexpr const char* kSysctls[] = {"net.ipv4.ip_local_port_range", "net.ipv4.ip_autobind_reuse",
                                    "net.ipv4.tcp_fin_timeout",     "net.ipv4.tcp_max_tw_buckets",
                                    "net.ipv4.tcp_rfc1337",         "net.ipv4.tcp_timestamps",
                                    "net.ipv4.tcp_tw_reuse",        "net.ipv6.bindv6only"};

// A run has fewer, and what many runs have can be added.
constexpr int kMostCells = 100'000'000;
constexpr std::int64_t kLongestRun = 1'000'000'000'000;  ///< in milliseconds: thirty years

using Json = nlohmann::ordered_json;

Json shards_json(const std::vector<RunShard>& shards) {
  Json json = Json::array();
  for (const RunShard& one : shards)
    json.push_back({{"shard", one.shard.text()},
                    {"cells_in_all", one.cells_in_all},
                    {"selection", one.selection}});
  return json;
}

RunShard read_shard(const KeptValue& json) {
  const KeptValue shard = json.at("shard");
  RunShard read{.cells_in_all = json.at("cells_in_all").number<int>(0, kMostCells),
                .selection = json.at("selection").text()};
  try {
    read.shard = parse_shard(shard.text());
  } catch (const BadInput& error) {
    shard.refuse(error.what());
  }
  return read;
}

std::map<std::string, int> read_counts(const KeptValue& json) {
  std::map<std::string, int> counts;
  for (const auto& [name, count] : json.members())
    counts.emplace(name, count.number<int>(0, kMostCells));
  return counts;
}

}  // namespace

std::map<std::string, std::string> sysctls_that_matter() {
  std::map<std::string, std::string> values;
  for (const char* name : kSysctls) try {
      values[name] = read_sysctl(name);
    } catch (const CannotRunHere&) {
      continue;  // this kernel has none of that name
    }
  return values;
}

std::string shard_names(const RunSummary& summary) {
  std::string names;
  for (const RunShard& one : summary.shards)
    names += (names.empty() ? "" : ", ") + one.shard.text();
  return names;
}

std::string to_json(const RunSummary& summary, const std::map<std::string, int>& totals) {
  const Json json{
      {"schema", "timewait.run/1"},
      {"version", summary.version},
      {"kernel", summary.kernel},
      {"architecture", summary.architecture.empty() ? Json() : Json(summary.architecture)},
      {"hz", summary.hz == 0 ? Json() : Json(summary.hz)},
      {"isolation", summary.isolation},
      {"isolation_refusals", summary.isolation_refusals},
      {"sees_options", summary.sees_options},
      {"capture_trouble", summary.capture_trouble},
      {"sysctls", summary.sysctls},
      {"jobs", summary.jobs},
      {"cells", summary.cells},
      {"not_run", summary.not_run},
      {"left_out", summary.left_out},
      {"shards", shards_json(summary.shards)},
      {"totals", totals},
      {"wall_ms", summary.wall_time.count()}};
  return json.dump(2) + "\n";
}

RunSummary run_summary_of(const KeptValue& json) {
  // What run.json did not always have; null stands for what is not known.
  const auto architecture = json.find("architecture");
  const auto hz = json.find("hz");
  const auto not_run = json.find("not_run");
  const auto shards = json.find("shards");
  return {.kernel = json.at("kernel").text(),
          .architecture = architecture ? architecture->text() : "",
          .hz = hz ? hz->number<int>(0) : 0,
          .isolation = json.at("isolation").text(),
          .isolation_refusals = json.at("isolation_refusals").text(),
          .sees_options = json.at("sees_options").flag(),
          .capture_trouble = json.at("capture_trouble").text(),
          .sysctls = json.at("sysctls").texts_by_name(),
          .version = json.at("version").text(),
          .jobs = json.at("jobs").number<int>(0),
          .cells = json.at("cells").number<int>(0, kMostCells),
          .not_run = not_run ? not_run->number<int>(0, kMostCells) : 0,
          .left_out = read_counts(json.at("left_out")),
          .shards = shards ? shards->list(read_shard) : std::vector<RunShard>(),
          .wall_time =
              std::chrono::milliseconds(json.at("wall_ms").number<std::int64_t>(0, kLongestRun))};
}

RunSummary read_run_summary(const std::string& text) {
  const KeptDocument document("run.json", text);
  return run_summary_of(document.root());
}

}  // namespace timewait
