// What `timewait doctor` says of this machine, and of one where something is forbidden.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "harness/base/temporary_folder.h"
#include "harness/base/test_variable.h"
#include "harness/cli/timewait_command.h"
#include "harness/cli/under_condition.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/process/child_process.h"
#include "harness/run/isolation.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

struct Examination {
  int status = 0;
  json report;
};

Examination examined(const CommandResult& result) {
  Examination found{.status = result.end.number,
                    .report = json::parse(result.output, nullptr, false)};
  EXPECT_FALSE(found.report.is_discarded()) << result.output << result.errors;
  return found;
}

/// What `timewait ARGUMENTS` gives where user namespaces are forbidden to a root that has been
/// started by setpriv with these options.
CommandResult restricted(const std::string& setpriv, const std::string& arguments) {
  return run_command({"unshare", "--user", "--map-root-user", "sh", "-c",
                      "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv " + setpriv +
                          " env LC_ALL=C.UTF-8 COLUMNS=100 " + timewait_path() + " " + arguments});
}

class DoctorOfARestrictedMachine : public testing::Test {
 protected:
  void SetUp() override {
    if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
    if (!find_program("setpriv")) GTEST_SKIP() << "setpriv is not installed";
  }
};

/// The state of each rung, by its name.
std::map<std::string, std::string> states_of_rungs(const json& report) {
  std::map<std::string, std::string> states;
  for (const json& rung : report["isolation"]) states[rung["rung"]] = rung["state"];
  return states;
}

TEST(Doctor, EndsAsARunWould) {
  const Examination found = examined(run_timewait({"doctor", "--format", "json"}));
  bool is_any_used = false;
  for (const auto& [rung, state] : states_of_rungs(found.report))
    is_any_used = is_any_used || state == "used";
  EXPECT_EQ(found.report["can_run"], is_any_used);
  EXPECT_EQ(found.status, is_any_used ? 0 : kCannotRunHere);
}

TEST(Doctor, AsJsonHasEveryFieldOfItsSchema) {
  const json report = examined(run_timewait({"doctor", "--format", "json"})).report;
  const std::map<std::string, json::value_t> fields{
      {"schema", json::value_t::string},
      {"version", json::value_t::string},
      {"can_run", json::value_t::boolean},
      {"kernel", json::value_t::string},
      {"architecture", json::value_t::string},
      {"hz", json::value_t::number_unsigned},
      {"cores", json::value_t::number_unsigned},
      {"open_files", json::value_t::number_unsigned},
      {"isolation", json::value_t::array},
      {"abilities", json::value_t::array},
      {"sysctls", json::value_t::object},
      {"missing_sysctls", json::value_t::array},
      {"restrictions", json::value_t::object},
      {"missing_programs", json::value_t::array},
      {"scenarios", json::value_t::number_unsigned},
      {"cells", json::value_t::number_unsigned},
      {"scenario_trouble", json::value_t::string},
      {"skipped", json::value_t::array},
      {"terminal", json::value_t::object},
  };
  for (const auto& [name, type] : fields) {
    ASSERT_TRUE(report.contains(name)) << name;
    EXPECT_EQ(report[name].type(), type) << name;
  }
  EXPECT_TRUE(report["reference"].is_null() || report["reference"].is_string());
  EXPECT_EQ(report.size(), fields.size() + 1);
  EXPECT_EQ(report["schema"], "timewait.doctor/1");
  EXPECT_EQ(report["scenario_trouble"], "");
  EXPECT_GT(report["cells"], report["scenarios"]);
}

TEST(Doctor, TellsNothingOfWhoseMachineItIs) {
  std::array<char, 256> host{};
  ASSERT_EQ(::gethostname(host.data(), host.size() - 1), 0);
  const TemporaryFolder home;
  home.write("theme/broken.toml", "title = 1\n");
  const TestVariable variable("HOME", home.path().c_str());
  for (const char* format : {"text", "json"}) {
    const auto result =
        run_timewait({"doctor", "--format", format, "--scenarios", home.path() + "/theme"});
    EXPECT_EQ(result.end.number, kCannotRunHere) << result.errors;
    EXPECT_THAT(result.output, HasSubstr("~/theme/broken.toml:1:9: title must be a text"));
    EXPECT_THAT(result.output, Not(HasSubstr(home.path())));
    if (std::string_view(host.data()).size() > 3) {
      EXPECT_THAT(result.output, Not(HasSubstr(host.data())));
    }
  }
}

TEST(Doctor, ExaminesTheRungThatIsAskedFor) {
  const Examination found =
      examined(run_timewait({"doctor", "--isolation", "loopback", "--format", "json"}));
  const auto states = states_of_rungs(found.report);
  EXPECT_EQ(states.at("user+net+pid namespaces"), "not tried");
  EXPECT_EQ(states.at("net+pid namespaces as root"), "not tried");
  EXPECT_EQ(states.at("the machine's own loopback"), found.status == 0 ? "used" : "refused");
  if (found.status == 0) {
    EXPECT_THAT(found.report["skipped"].dump(), HasSubstr("needs a network of its own"));
  }
}

TEST(Doctor, MissesPrograms) {
  const auto result = run_timewait({"doctor", "--programs", "/nowhere"});
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_THAT(result.output, HasSubstr("not found: "));
  EXPECT_THAT(result.output, HasSubstr("message_server"));
}

TEST_F(DoctorOfARestrictedMachine, SaysHowToAllowTheBestRung) {
  const CommandResult result = restricted("--bounding-set -net_raw", "doctor");
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(result.output, HasSubstr("✗ user+net+pid namespaces     refused: clone3("));
  EXPECT_THAT(result.output, HasSubstr("→ as root: sysctl user.max_user_namespaces=15000\n"));
  EXPECT_THAT(result.output, HasSubstr("✓ net+pid namespaces as root  used\n"));
  EXPECT_THAT(result.output,
              HasSubstr("– capture                     segments cannot be captured"));
}

TEST(Doctor, NeedsNoProc) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizers need /proc";
  const CommandResult result = run_command(
      {TIMEWAIT_UNDER_CONDITION, "no-proc", "--", timewait_path(), "doctor", "--format", "json"});
  if (result.end.number == kConditionNotHere) GTEST_SKIP() << result.errors;
  const json report = json::parse(result.output, nullptr, false);
  ASSERT_FALSE(report.is_discarded()) << result.errors;
  EXPECT_EQ(result.end.number, report["can_run"] == true ? 0 : kCannotRunHere);
}

/// The cells of these scenarios that the report says a run will skip.
std::set<std::string> announced_skips(const json& report, const std::set<std::string>& scenarios) {
  std::set<std::string> announced;
  for (const json& group : report["skipped"])
    for (const std::string name : group["cells"])
      if (scenarios.contains(name.substr(0, name.find('/')))) announced.insert(name);
  return announced;
}

/// "SCENARIO/first=plain,rebind=both" of a record.
std::string name_of(const nlohmann::ordered_json& record) {
  std::string cell;
  for (const auto& [name, label] : record["cell"].items())
    cell += (cell.empty() ? "/" : ",") + name + "=" + label.get<std::string>();
  return record["scenario"].get<std::string>() + cell;
}

/// The cells of these scenarios that a run of them skips.
std::set<std::string> skipped_cells_of(const CommandResult& result) {
  const auto run = nlohmann::ordered_json::parse(result.output, nullptr, false);
  EXPECT_FALSE(run.is_discarded()) << result.errors;
  std::set<std::string> skipped;
  if (run.is_discarded()) return skipped;
  for (const auto& record : run["records"])
    if (record["verdict"] == "skip") skipped.insert(name_of(record));
  return skipped;
}

TEST_F(DoctorOfARestrictedMachine, NamesTheCellsThatARunSkips) {
  for (const char* powers : {"--bounding-set -net_raw", "--bounding-set -all"}) {
    SCOPED_TRACE(powers);
    const json report = examined(restricted(powers, "doctor --format json")).report;
    const auto skipped = skipped_cells_of(restricted(
        powers,
        "run forged-reset low-ports server-closes-first --no-out --evidence none --format json"));
    EXPECT_FALSE(skipped.empty());
    EXPECT_EQ(announced_skips(report, {"forged-reset", "low-ports", "server-closes-first"}),
              skipped);
  }
}

TEST_F(DoctorOfARestrictedMachine, SaysWhyTheBetterRungsAreNotUsed) {
  const Examination found = examined(restricted("--bounding-set -all", "doctor --format json"));
  const auto states = states_of_rungs(found.report);
  EXPECT_EQ(states.at("user+net+pid namespaces"), "refused");
  EXPECT_EQ(states.at("net+pid namespaces as root"), "refused");
  EXPECT_EQ(states.at(std::string(kIsolations.name(Isolation::loopback))), "used");
  EXPECT_THAT(found.report["isolation"][1]["advice"], Not(testing::IsEmpty()));
  EXPECT_EQ(found.status, 0);
}

}  // namespace
}  // namespace timewait
