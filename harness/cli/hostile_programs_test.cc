// What becomes of a cell whose program attacks the machine: it ends in time with one sentence that
// names the cause, its neighbour passes, and nothing is left. All of it on the real kernel, through
// the real program. Long versions of it are in scripts/hostile-test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/kernel/user_namespace_probe.h"

namespace timewait {
namespace {

using testing::HasSubstr;

constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

std::string scenario(const std::string& script) {
  return scenario_around(script + "precondition server LISTEN\nrebind with plain\n",
                         "bind:EADDRINUSE");
}

/// Runs a cell in which `program` attacks, and beside it one with nothing wrong.
CommandResult run_beside_neighbour(const std::string& script, const std::string& patience) {
  const TemporaryFolder folder;
  const std::string hostile = folder.write("hostile-one.toml", scenario(script));
  const std::string neighbour =
      folder.write("neighbour.toml", scenario("server runs message_server\n"));
  return run_timewait({"run", hostile, neighbour, "--no-out", "--format", "csv", "--jobs", "2",
                       "--step-timeout", patience});
}

/// The line of a scenario in the CSV.
std::string line_of(const std::string& csv, const std::string& name) {
  const auto begin = csv.find("," + name + ",");
  return begin == std::string::npos ? "" : csv.substr(begin, csv.find("\r\n", begin) - begin);
}

constexpr const char* kMuchPatience = "20";

struct Attack {
  const char* name;
  std::string script;
  int exit_code;
  const char* sentence;
  const char* patience = kMuchPatience;
  const char* why_not_sanitized = nullptr;  ///< why it cannot be tried with the sanitizers
};

/// Of a step that nothing but its patience ends.
constexpr const char* kLittlePatience = "1";

void PrintTo(const Attack& attack, std::ostream* output) { *output << attack.name; }

std::string runs(const std::string& mode) { return "server runs hostile " + mode + "\n"; }

const Attack kAttacks[] = {
    {"EndsAtOnce", runs("ends"), kBroken, "server ended before it was ready: exit 0"},
    {"Crashes", runs("crashes"), kBroken, "server ended before it was ready: killed by SIGSEGV"},
    {"StopsItself", runs("stops"), kBroken, "server did not become ready: it is stopped by SIGSTOP",
     kLittlePatience},
    {"ListensElsewhere", runs("listens-elsewhere"), kBroken,
     "server did not become ready: it listens at 0.0.0.0:12001, not at 0.0.0.0:12000",
     kLittlePatience},
    {"IgnoresAllSignals",
     runs("ignores-all-signals") + "server gets SIGTERM\nserver dies of SIGTERM\n", kBroken,
     "server did not end", kLittlePatience},
    {"ClosesOutputs", runs("closes-outputs") + "server prints hello\n", kBroken,
     "\"\"hello\"\", its output is closed", kLittlePatience},
    {"EndsInsteadOfPrinting", "client runs true\nclient prints hello\n" + runs("spins"), kBroken,
     "\"\"hello\"\", its output is closed, it has ended: exit 0", kLittlePatience},
    {"FloodsBothOutputs", runs("floods-both"), 0, ""},
    {"FloodsBeforeItSpeaks", runs("floods-both") + "server prints hello\n", kBroken,
     "in the first 64 KiB of its output, which are all that is looked at", kLittlePatience},
    {"FloodsAndEnds", "client runs head -c 50000000 /dev/zero\nclient exits\n" + runs("spins"), 0,
     ""},
    {"LeavesItsGroup", runs("leaves-group") + "server group gets SIGKILL\n", 0, ""},
    {"ForksWithoutEnd", runs("forks") + "server prints hello\n", kBroken,
     "the cell's processes reached the limit of 256 and were killed"},
    {"LeavesDaemonsWithoutEnd", runs("leaves-daemons") + "server prints hello\n", kBroken,
     "the cell's processes reached the limit of 256 and were killed", kMuchPatience,
     "it forks too slowly to get anywhere near a limit"},
    {"LeavesZombies", runs("leaves-zombies") + "server prints 600 left\n", 0, ""},
    {"TakesAllDescriptors", runs("takes-descriptors") + "server prints took 1020\n", 0, ""},
    {"FillsTheDisk", runs("fills-disk") + "server exits\n", kBroken,
     "killed by SIGXFSZ; a file of it reached the limit of 64 MiB"},
    {"FloodsTheNetwork", runs("floods-network") + "client runs sleep 0.2\nclient exits\n", 0, ""},
    {"OpensSocketsWithoutEnd", runs("opens-sockets") + "await server TIME_WAIT\n", kBroken,
     "did more than a record holds: 8000 entries of the socket table"},
    {"Spins", runs("spins"), 0, ""},
    {"KillsAll", "client runs peer\n" + runs("kills-all") + "client exits\n", kBroken,
     "client ended otherwise than the script says: killed by SIGKILL", kMuchPatience,
     "they have a handler for SIGSEGV, which then reaches the first process"},
};

class HostileProgram : public testing::TestWithParam<Attack> {};

TEST_P(HostileProgram, HarmsItsOwnCellOnly) {
  const Attack& attack = GetParam();
  if (kIsSanitized && attack.why_not_sanitized != nullptr) GTEST_SKIP() << attack.why_not_sanitized;
  const CommandResult result = run_beside_neighbour(attack.script, attack.patience);
  EXPECT_EQ(result.end.number, attack.exit_code) << result.output << result.errors;
  EXPECT_THAT(line_of(result.output, "hostile-one"),
              HasSubstr(attack.exit_code == 0 ? ",-,pass," : ",-,error,"));
  EXPECT_THAT(line_of(result.output, "hostile-one"), HasSubstr(attack.sentence));
  EXPECT_THAT(line_of(result.output, "neighbour"), HasSubstr(",-,pass,"));
}

INSTANTIATE_TEST_SUITE_P(Attack, HostileProgram, testing::ValuesIn(kAttacks),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(HostileProgram, GetsNoMoreMemoryThanItsLimit) {
  if (kIsSanitized) GTEST_SKIP() << "the address sanitizer takes more than any limit";
  const CommandResult result = run_beside_neighbour(runs("takes-memory") + "server exits\n", "20");
  EXPECT_THAT(line_of(result.output, "hostile-one"),
              HasSubstr("; its memory reached the limit of 1024 MiB"));
  EXPECT_THAT(line_of(result.output, "neighbour"), HasSubstr(",-,pass,"));
}

TEST(HostileProgram, CannotMeddleWithTheProcessThatMakesTheRecord) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "a cell of root is not kept from root's files";
  const CommandResult result =
      run_beside_neighbour(runs("meddles") + "server prints meddled with 0\n", "20");
  EXPECT_EQ(result.end.number, 0) << result.output;
}

TEST(HostileProgram, MayBeGivenAllThatTheUserHas) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("test.toml", scenario(runs("takes-descriptors") + "server prints took 1020\n"));
  const std::string limits = "exec prlimit --nofile=2000:2000 " + timewait_path() + " run " + file +
                             " --no-out --step-timeout 0.5";
  EXPECT_EQ(run_command({"sh", "-c", limits}).end.number, 0);
  const CommandResult unlimited = run_command({"sh", "-c", limits + " --no-limits"});
  EXPECT_EQ(unlimited.end.number, kBroken) << unlimited.output;
  EXPECT_THAT(unlimited.output, HasSubstr("server did not print \"took 1020\""));
}

}  // namespace
}  // namespace timewait
