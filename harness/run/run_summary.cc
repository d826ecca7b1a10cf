#include "harness/run/run_summary.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"

namespace timewait {
namespace {

constexpr const char* kSysctls[] = {"net.ipv4.ip_local_port_range", "net.ipv4.ip_autobind_reuse",
                                    "net.ipv4.tcp_fin_timeout",     "net.ipv4.tcp_max_tw_buckets",
                                    "net.ipv4.tcp_rfc1337",         "net.ipv4.tcp_timestamps",
                                    "net.ipv4.tcp_tw_reuse",        "net.ipv6.bindv6only"};

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

std::string to_json(const RunSummary& summary, const std::map<std::string, int>& totals) {
  const nlohmann::ordered_json json{{"schema", "timewait.run/1"},
                                    {"version", summary.version},
                                    {"kernel", summary.kernel},
                                    {"isolation", summary.isolation},
                                    {"isolation_refusals", summary.isolation_refusals},
                                    {"sees_options", summary.sees_options},
                                    {"capture_trouble", summary.capture_trouble},
                                    {"sysctls", summary.sysctls},
                                    {"jobs", summary.jobs},
                                    {"cells", summary.cells},
                                    {"left_out", summary.left_out},
                                    {"totals", totals},
                                    {"wall_ms", summary.wall_time.count()}};
  return json.dump(2) + "\n";
}

RunSummary read_run_summary(const std::string& text) try {
  const auto json = nlohmann::json::parse(text);
  return {.kernel = json.at("kernel"),
          .isolation = json.at("isolation"),
          .isolation_refusals = json.at("isolation_refusals"),
          .sees_options = json.at("sees_options"),
          .capture_trouble = json.at("capture_trouble"),
          .sysctls = json.at("sysctls"),
          .version = json.at("version"),
          .jobs = json.at("jobs"),
          .cells = json.at("cells"),
          .left_out = json.at("left_out"),
          .wall_time = std::chrono::milliseconds(json.at("wall_ms").get<std::int64_t>())};
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no run.json: {}", error.what()));
}

}  // namespace timewait
