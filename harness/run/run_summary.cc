#include "harness/run/run_summary.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"
#include "harness/run/parse_json.h"

namespace timewait {
namespace {

constexpr const char* kSysctls[] = {"net.ipv4.ip_local_port_range", "net.ipv4.ip_autobind_reuse",
                                    "net.ipv4.tcp_fin_timeout",     "net.ipv4.tcp_max_tw_buckets",
                                    "net.ipv4.tcp_rfc1337",         "net.ipv4.tcp_timestamps",
                                    "net.ipv4.tcp_tw_reuse",        "net.ipv6.bindv6only"};

using Json = nlohmann::ordered_json;

Json shards_json(const std::vector<RunShard>& shards) {
  Json json = Json::array();
  for (const RunShard& one : shards)
    json.push_back({{"shard", one.shard.text()},
                    {"cells_in_all", one.cells_in_all},
                    {"selection", one.selection}});
  return json;
}

std::vector<RunShard> read_shards(const nlohmann::json& run) {
  std::vector<RunShard> shards;
  for (const auto& one : run.value("shards", nlohmann::json::array()))
    shards.push_back({.shard = parse_shard(one.at("shard").get<std::string>()),
                      .cells_in_all = one.at("cells_in_all"),
                      .selection = one.at("selection")});
  return shards;
}

/// What run.json did not always have; null stands for what is not known.
template <typename Value>
Value value_or(const nlohmann::json& json, const char* key, Value otherwise) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? otherwise : found->get<Value>();
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

RunSummary read_run_summary(const std::string& text) try {
  const auto json = parse_json<nlohmann::json>(text);
  return {.kernel = json.at("kernel"),
          .architecture = value_or(json, "architecture", std::string()),
          .hz = value_or(json, "hz", 0),
          .isolation = json.at("isolation"),
          .isolation_refusals = json.at("isolation_refusals"),
          .sees_options = json.at("sees_options"),
          .capture_trouble = json.at("capture_trouble"),
          .sysctls = json.at("sysctls"),
          .version = json.at("version"),
          .jobs = json.at("jobs"),
          .cells = json.at("cells"),
          .not_run = value_or(json, "not_run", 0),
          .left_out = json.at("left_out"),
          .shards = read_shards(json),
          .wall_time = std::chrono::milliseconds(json.at("wall_ms").get<std::int64_t>())};
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no run.json: {}", error.what()));
}

}  // namespace timewait
