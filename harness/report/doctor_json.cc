#include <nlohmann/json.hpp>

#include "harness/report/doctor_report.h"
#include "harness/report/machine_advice.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json rungs_json(const DoctorReport& report) {
  Json rungs = Json::array();
  for (const RungFinding& finding : rungs_of(report.isolation)) {
    Json one{{"rung", kIsolations.name(finding.rung)}, {"state", kRungStates.name(finding.state)}};
    if (finding.state == RungState::refused) {
      one["refusal"] = finding.refusal;
      one["advice"] = advice_on(finding.rung, report.restrictions);
    }
    rungs.push_back(one);
  }
  return rungs;
}

Json abilities_json(const DoctorReport& report) {
  Json abilities = Json::array();
  if (!report.isolation.rung) return abilities;
  for (const auto& [ability, name] : kAbilities.rows()) {
    Json one{{"ability", name}, {"works", report.probe.can(ability)}};
    if (!report.probe.can(ability)) {
      one["refusal"] = report.probe.refusals.at(ability);
      one["advice"] = report.advice(ability);
    }
    abilities.push_back(one);
  }
  return abilities;
}

Json restrictions_json(const Restrictions& restrictions) {
  return {{"root", restrictions.is_root},
          {"cap_sys_admin", restrictions.is_administrator},
          {"seccomp", restrictions.has_call_filter},
          {"container", restrictions.is_in_container},
          {"sysctls", restrictions.sysctls}};
}

Json skipped_json(const std::vector<SkippedCells>& skipped) {
  Json all = Json::array();
  for (const SkippedCells& one : skipped)
    all.push_back({{"reason", one.reason}, {"cells", one.cells}});
  return all;
}

Json terminal_json(const Terminal& terminal) {
  return {{"is_terminal", terminal.is_terminal},
          {"colour", terminal.style.colour},
          {"unicode", terminal.style.unicode},
          {"width", terminal.style.width},
          {"locale", terminal.locale},
          {"language", kLanguages.name(terminal.style.language)}};
}

}  // namespace

std::string doctor_json(const DoctorReport& report) {
  const Json json{{"schema", "timewait.doctor/1"},
                  {"version", report.version},
                  {"can_run", report.can_run()},
                  {"kernel", report.kernel},
                  {"architecture", report.architecture},
                  {"hz", report.hz},
                  {"cores", report.cores},
                  {"open_files", report.open_files},
                  {"isolation", rungs_json(report)},
                  {"abilities", abilities_json(report)},
                  {"sysctls", report.isolation.sysctls},
                  {"missing_sysctls", report.probe.missing_sysctls},
                  {"restrictions", restrictions_json(report.restrictions)},
                  {"missing_programs", report.missing_programs},
                  {"scenarios", report.scenarios},
                  {"cells", report.cells},
                  {"scenario_trouble", report.scenario_trouble},
                  {"skipped", skipped_json(report.skipped)},
                  {"reference", report.reference.empty() ? Json() : Json(report.reference)},
                  {"terminal", terminal_json(report.terminal)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace timewait
