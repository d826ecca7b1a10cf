#include "harness/run/run_plan.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/run/parse_json.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kPlanSchema = "timewait.plan/1";

}  // namespace

std::string to_json(const RunPlan& plan) {
  const Json json{{"schema", kPlanSchema},
                  {"cells", plan.cells},
                  {"arguments", plan.arguments},
                  {"run", Json::parse(to_json(plan.run, {}))},
                  {"scenarios", plan.scenarios}};
  return json.dump(2) + "\n";
}

RunPlan read_run_plan(const std::string& text) try {
  const auto json = parse_json<nlohmann::json>(text);
  if (json.at("schema") != kPlanSchema)
    throw BadInput(
        fmt::format("it has the schema {}, not {}", json.at("schema").dump(), kPlanSchema));
  return {.run = read_run_summary(json.at("run").dump()),
          .cells = json.at("cells"),
          .scenarios = json.at("scenarios"),
          .arguments = json.at("arguments")};
} catch (const nlohmann::json::exception& error) {
  throw BadInput(fmt::format("this is no plan.json: {}", error.what()));
}

}  // namespace timewait
