#include "harness/report/doctor_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

DoctorReport healthy_report() {
  return {.version = "1.2.3",
          .kernel = "6.18.1",
          .architecture = "x86_64",
          .hz = 250,
          .cores = 2,
          .open_files = 1024,
          .isolation = {.rung = Isolation::user_namespace},
          .scenarios = 2,
          .cells = 32,
          .reference = "results/linux-6.18",
          .terminal = {.locale = "C.UTF-8"}};
}

/// One where the first rung is refused to root, and nobody may capture.
DoctorReport restricted_report() {
  DoctorReport report = healthy_report();
  report.restrictions = {.sysctls = {{"user.max_user_namespaces", "0"}}, .is_root = true};
  report.isolation = {.rung = Isolation::root_namespace,
                      .refusals = "user+net+pid namespaces: clone3(): No space left on device"};
  report.probe.refusals = {{Ability::user_namespace, "its programs are root"},
                           {Ability::capture, "segments cannot be captured"}};
  report.skipped = {{.reason = "capture: segments cannot be captured",
                     .cells = {"forged-reset/first=a", "forged-reset/first=b", "replayed-fin/-"}}};
  return report;
}

TEST(DoctorReport, TellsARefusedRungFromOneThatIsNotNeeded) {
  const auto rungs = rungs_of(
      {.rung = Isolation::root_namespace, .refusals = "user+net+pid namespaces: no; not at all"});
  ASSERT_GE(rungs.size(), 2u);
  EXPECT_EQ(rungs[0].state, RungState::refused);
  EXPECT_EQ(rungs[0].refusal, "no; not at all");
  EXPECT_EQ(rungs[1].state, RungState::used);
  const auto best = rungs_of({.rung = Isolation::user_namespace});
  EXPECT_EQ(best[0].state, RungState::used);
  EXPECT_EQ(best[1].state, RungState::not_needed);
}

TEST(DoctorReport, SaysOfNoRungWhatWasNotTried) {
  const auto rungs = rungs_of({.rung = Isolation::loopback});
  EXPECT_EQ(rungs[0].state, RungState::not_tried);
  EXPECT_EQ(rungs[1].state, RungState::not_tried);
  EXPECT_EQ(rungs[2].state, RungState::used);
  const auto refused = rungs_of({.refusals = "net+pid namespaces as root: no"});
  EXPECT_EQ(refused[0].state, RungState::not_tried);
  EXPECT_EQ(refused[1].state, RungState::refused);
  EXPECT_EQ(refused[2].state, RungState::not_tried);
}

TEST(DoctorReport, AdvisesToAllowABetterRungOnlyWhereItIsRefused) {
  DoctorReport report = healthy_report();
  report.isolation = {.rung = Isolation::loopback};
  for (const Ability ability : {Ability::ipv6, Ability::capture, Ability::user_namespace})
    EXPECT_THAT(report.advice(ability),
                ElementsAre("try one of the better rungs: leave --isolation out"));
  report.isolation.rung = Isolation::root_namespace;
  EXPECT_THAT(report.advice(Ability::user_namespace),
              ElementsAre("try one of the better rungs: leave --isolation out"));
  EXPECT_THAT(report.advice(Ability::ipv6), ElementsAre(testing::HasSubstr("disable_ipv6=0")));
  report.isolation.rung = Isolation::loopback;
  report.isolation.refusals = "user+net+pid namespaces: no; net+pid namespaces as root: no";
  EXPECT_THAT(report.advice(Ability::ipv6), ElementsAre("allow one of the better rungs, as above"));
}

TEST(DoctorReport, GivesEachRungItsOwnRefusal) {
  const auto rungs = rungs_of(
      {.refusals = "user+net+pid namespaces: one; net+pid namespaces as root: two: three"});
  EXPECT_EQ(rungs[0].refusal, "one");
  EXPECT_EQ(rungs[1].refusal, "two: three");
}

TEST(DoctorReport, OfAHealthyMachineHasNothingToMend) {
  const std::string text = doctor_text(healthy_report());
  EXPECT_THAT(text,
              HasSubstr("timewait 1.2.3 on Linux 6.18.1, x86_64, 250 ticks a second; 2 cores, "
                        "1024 open files\n"));
  EXPECT_THAT(text, HasSubstr("  ✓ user+net+pid namespaces     used\n"
                              "  – net+pid namespaces as root  not needed\n"));
  EXPECT_THAT(text, HasSubstr("  ✓ skipped here                none\n"));
  EXPECT_THAT(text, Not(HasSubstr("→")));
  EXPECT_THAT(text, Not(HasSubstr("✗")));
  EXPECT_TRUE(
      text.ends_with("\nfor a bug report\n"
                     "  the machine:  timewait doctor --format json\n"
                     "  the cell:     timewait run NAME/CELL --evidence full --format json\n"));
}

TEST(DoctorReport, SaysWhatIsRefusedWhyAndHowToAllowIt) {
  const std::string text = doctor_text(restricted_report());
  EXPECT_THAT(
      text, HasSubstr("  ✗ user+net+pid namespaces     refused: clone3(): No space left on device\n"
                      "                                → as root: sysctl "
                      "user.max_user_namespaces=15000\n"));
  EXPECT_THAT(text, HasSubstr("  – capture                     segments cannot be captured\n"));
  EXPECT_THAT(text, HasSubstr("  – skipped here                3 cells of forged-reset, "
                              "replayed-fin: capture:\n"
                              "                                segments cannot be captured\n"));
}

TEST(DoctorReport, LetsNoScenarioSteerTheTerminal) {
  DoctorReport report = restricted_report();
  report.skipped = {
      {.reason = "the program \x1b[2J is not installed", .cells = {"\x1b]0;x\x07/a"}}};
  report.missing_programs = {"peer\x1b[31m"};
  EXPECT_THAT(doctor_text(report), Not(HasSubstr("\x1b")));
  report.scenario_trouble = "a.toml:1:1: \x1b[2J wrong";
  EXPECT_THAT(doctor_text(report), Not(HasSubstr("\x1b")));
}

TEST(DoctorReport, AsJsonHasTheSameFindings) {
  const json report = json::parse(doctor_json(restricted_report()));
  EXPECT_EQ(report["schema"], "timewait.doctor/1");
  EXPECT_EQ(report["can_run"], true);
  EXPECT_EQ(report["isolation"][0],
            json({{"rung", "user+net+pid namespaces"},
                  {"state", "refused"},
                  {"refusal", "clone3(): No space left on device"},
                  {"advice", {"as root: sysctl user.max_user_namespaces=15000"}}}));
  EXPECT_EQ(report["abilities"].size(), kAbilities.rows().size());
  EXPECT_EQ(report["skipped"][0]["cells"].size(), 3u);
}

TEST(DoctorReport, CannotRunWithoutARungProgramsOrScenarios) {
  EXPECT_TRUE(healthy_report().can_run());
  DoctorReport report = healthy_report();
  report.isolation.rung.reset();
  EXPECT_FALSE(report.can_run());
  EXPECT_THAT(doctor_text(report), Not(HasSubstr("what cells may need")));
  report = healthy_report();
  report.missing_programs = {"chat_client", "peer"};
  EXPECT_FALSE(report.can_run());
  EXPECT_THAT(doctor_text(report), HasSubstr("not found: chat_client, peer; build all"));
  report = healthy_report();
  report.scenario_trouble = "~/a.toml:1:1: wrong";
  EXPECT_FALSE(report.can_run());
  EXPECT_THAT(doctor_text(report), HasSubstr("cannot be read:\n~/a.toml:1:1: wrong\n"));
}

TEST(SkippedCells, StandWithTheirFirstReason) {
  const Scenario scenario = read_scenario(SourceText(
      "theme/name.toml",
      "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\n"
      "vary.at = [\"127.0.0.1:1\", \"[::1]:1\"]\n"
      "script = \"\"\"\nsysctl net.ipv4.tcp_new = 1\nserver runs message_server --at {at}\n"
      "precondition server LISTEN\nrebind\n\"\"\"\n"));
  const auto nothing_is_installed = [](const std::string&) { return false; };
  MachineProbe probe{.refusals = {{Ability::ipv6, "none"}}, .missing_sysctls = {}};
  auto skipped = skipped_cells({scenario}, Isolation::user_namespace, probe, nothing_is_installed);
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_EQ(skipped[0].reason, "IPv6: none");
  EXPECT_THAT(skipped[0].cells, ElementsAre("name/at=[::1]:1"));
  probe.missing_sysctls = {"net.ipv4.tcp_new"};
  skipped = skipped_cells({scenario}, Isolation::user_namespace, probe, nothing_is_installed);
  ASSERT_EQ(skipped.size(), 2u);
  EXPECT_EQ(skipped[0].reason, "this kernel has no sysctl net.ipv4.tcp_new");
  EXPECT_THAT(skipped_cells({scenario}, Isolation::user_namespace, {}, nothing_is_installed),
              testing::IsEmpty());
  EXPECT_THAT(sysctls_of({scenario}), ElementsAre("net.ipv4.tcp_new"));
}

}  // namespace
}  // namespace timewait
