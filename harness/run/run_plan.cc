#include "harness/run/run_plan.h"

#include <nlohmann/json.hpp>

#include "harness/run/kept_json.h"

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

RunPlan read_run_plan(const std::string& text) {
  const KeptDocument document("plan.json", text);
  const KeptValue json = document.root();
  check_schema(json, kPlanSchema, "a plan");
  RunPlan plan{.run = run_summary_of(json.at("run")),
               .cells = json.at("cells").number<int>(0),
               .scenarios = json.at("scenarios").texts_by_name(),
               .arguments = {}};
  for (const auto& [option, values] : json.at("arguments").members())
    plan.arguments.emplace(option, values.texts());
  return plan;
}

}  // namespace timewait
