// The ledger of the claims, by records of the real program, some of them changed by hand: a verdict
// must turn when the kernel behaves otherwise.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/scenario/claim_reader.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kBothNeedIt =
    "[[claim]]\nid = \"A\"\nfrom = \"us\"\nsays = \"Both need it.\"\ntruth = \"So it is.\"\n"
    "cells = [\n"
    "  { cell = \"server-closes-first/first=reuseaddr,rebind=reuseaddr\", claimed = \"bound\" },\n"
    "  { cell = \"server-closes-first/first=plain,rebind=reuseaddr\", claimed = "
    "\"bind:EADDRINUSE\" },\n"
    "]\n";
constexpr const char* kTheNewOneNeedsIt =
    "[[claim]]\nid = \"B\"\nfrom = \"us\"\nsays = \"The new one needs it.\"\ntruth = \"Both do.\"\n"
    "condition = \"the old one has it\"\n"
    "cells = [\n"
    "  { cell = \"server-closes-first/first=reuseaddr,rebind=reuseaddr\", claimed = \"bound\", "
    "fulfils = true },\n"
    "  { cell = \"server-closes-first/first=plain,rebind=reuseaddr\", claimed = \"bound\" },\n"
    "]\n";

/// The folder in which the program finds its scenarios.
std::string scenario_folder() {
  return std::filesystem::path(timewait_path()).parent_path() / "../share/timewait/scenarios";
}

/// Two claims about server-closes-first, and records of the two cells that decide them.
class LedgerOfTwo {
 public:
  LedgerOfTwo() {
    const std::filesystem::path own = scenario_folder();
    std::filesystem::create_directories(folder_.path() + "/scenarios/theme");
    std::filesystem::copy(own / "who-closes-first/server-closes-first.toml",
                          folder_.path() + "/scenarios/theme");
    folder_.write("scenarios/claims.toml", std::string(kBothNeedIt) + kTheNewOneNeedsIt);
    run_timewait({"run", "server-closes-first/first=reuseaddr,rebind=reuseaddr",
                  "server-closes-first/first=plain,rebind=reuseaddr", "--evidence", "none", "--out",
                  records_path()});
    for (const std::string& line : record_lines(records_path()))
      records.push_back(Json::parse(line));
  }

  CommandResult claims(const std::string& format) const {
    std::string lines;
    for (const Json& record : records) lines += record.dump() + "\n";
    folder_.write("records/records.jsonl", lines);
    return run_timewait({"claims", records_path(), "--scenarios", folder_.path() + "/scenarios",
                         "--format", format});
  }

  /// The verdicts, in the order of the claims, and the exit code.
  std::vector<std::string> verdicts() const {
    const CommandResult result = claims("json");
    const auto json = Json::parse(result.output, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << result.errors;
    std::vector<std::string> all;
    if (!json.is_discarded())
      for (const Json& claim : json["claims"]) all.push_back(claim["verdict"]);
    all.push_back("exit " + std::to_string(result.end.number));
    return all;
  }

  std::string records_path() const { return folder_.path() + "/records"; }

  std::vector<Json> records;  ///< first=reuseaddr, then first=plain

 private:
  TemporaryFolder folder_;
};

/// Makes the record what it had been if the kernel had bound the port.
void make_bound(Json& record) {
  record["outcome"] = "bound";
  record["verdict"] = "fail";
  record["reason"] = "expected bind:EADDRINUSE, got bound";
  Json& bind = record["attempt"].back();
  bind["result"] = 0;
  bind["errno"] = nullptr;
  record["attempt"].push_back(
      {{"call", "listen"}, {"arguments", "5"}, {"result", 0}, {"errno", nullptr}});
  Json& table = record["precondition"]["table_after_attempt"];
  Json listener = table.at(0);
  listener["state"] = "LISTEN";
  listener["local"] = "0.0.0.0:12000";
  listener["remote"] = "0.0.0.0:0";
  listener["inode"] = 4711;
  listener["cookie"] = listener["cookie"].get<int>() + 1;
  table.push_back(listener);
}

using Verdicts = std::vector<std::string>;

TEST(Claims, AreJudgedByWhatThisKernelDid) {
  const LedgerOfTwo ledger;
  EXPECT_EQ(ledger.verdicts(), (Verdicts{"holds", "holds only if", "exit 0"}));
  EXPECT_THAT(ledger.claims("text").output, HasSubstr("holds only if the old one has it\n"));
}

TEST(Claims, TurnWhenTheKernelDoesOtherwise) {
  LedgerOfTwo ledger;
  ASSERT_EQ(ledger.records.size(), 2u);
  make_bound(ledger.records[1]);
  EXPECT_EQ(ledger.verdicts(), (Verdicts{"unexplained", "holds", "exit 1"}));
}

TEST(Claims, AreOpenWhenARecordContradictsItself) {
  LedgerOfTwo ledger;
  ASSERT_EQ(ledger.records.size(), 2u);
  ledger.records[1]["outcome"] = "bound";
  EXPECT_EQ(ledger.verdicts(), (Verdicts{"open", "open", "exit 3"}));
  EXPECT_THAT(ledger.claims("text").output, HasSubstr("the record contradicts itself"));
}

TEST(Claims, AreOpenWhenARecordIsMissing) {
  LedgerOfTwo ledger;
  ASSERT_EQ(ledger.records.size(), 2u);
  ledger.records.pop_back();
  EXPECT_EQ(ledger.verdicts(), (Verdicts{"open", "open", "exit 3"}));
  const std::string text = ledger.claims("text").output;
  EXPECT_THAT(text, HasSubstr("did not run  server-closes-first first=plain, rebind=reuseaddr\n"));
  EXPECT_THAT(text, HasSubstr("  timewait run --out results/run/all\n"
                              "  timewait claims " +
                              ledger.records_path() + " results/run/all\n"));
}

TEST(Claims, TakeTheRecordsOfSeveralFolders) {
  const TemporaryFolder folder;
  run_timewait({"run", "duplicate-binding", "--out", folder.path() + "/a"});
  run_timewait({"run", "two-listeners", "--out", folder.path() + "/b"});
  const auto result =
      run_timewait({"claims", folder.path() + "/a", folder.path() + "/b", "--format", "json"});
  EXPECT_EQ(result.end.number, kInconclusive);
  std::vector<std::string> decided;
  const Json json = Json::parse(result.output);
  for (const Json& claim : json["claims"])
    if (claim["verdict"] != "open")
      decided.push_back(claim["id"].get<std::string>() + " " + claim["verdict"].get<std::string>());
  EXPECT_EQ(decided, (Verdicts{"C9 fails", "C11 holds only if"}));
}

/// The scenarios that decide the project's own claims and are not slow.
std::set<std::string> quick_scenarios() {
  const std::string folder = scenario_folder();
  std::set<std::string> names;
  for (const Claim& claim :
       read_claims(SourceText::of_file(folder + "/" + kClaimsFile), read_scenario_folder(folder)))
    for (const ClaimedCells& line : claim.cells)
      if (line.slow_tag.empty()) names.insert(line.pattern.substr(0, line.pattern.find('/')));
  return names;
}

TEST(Claims, LeaveNoResultOfThisKernelUnexplained) {
  const TemporaryFolder folder;
  std::vector<std::string> run{"run", "--evidence", "none", "--out", folder.path()};
  for (const std::string& name : quick_scenarios()) run.push_back(name);
  run_timewait(run);
  const Json json = Json::parse(run_timewait({"claims", folder.path(), "--format", "json"}).output);
  for (const Json& claim : json["claims"]) {
    EXPECT_NE(claim["verdict"], "unexplained") << claim.dump(2);
    for (const Json& cell : claim["cells"]) {
      const bool is_slow = cell.value("tag", "") == "slow";
      const bool cannot_run_here = cell.value("reason", "").starts_with("skip");
      EXPECT_TRUE(cell["agreement"] != "unknown" || is_slow || cannot_run_here) << cell.dump(2);
    }
  }
}

TEST(Claims, RefuseRecordsOfTwoKernels) {
  const TemporaryFolder folder;
  for (const char* name : {"a", "b"})
    run_timewait({"run", kTimeWaitCell, "--out", folder.path() + "/" + name});
  std::ifstream file(folder.path() + "/b/run.json");
  Json run = Json::parse(file);
  const std::string kernel = run["kernel"];
  run["kernel"] = "5.10.0";
  folder.write("b/run.json", run.dump());
  const auto result = run_timewait({"claims", folder.path() + "/a", folder.path() + "/b"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors, "timewait: " + folder.path() + "/a is about Linux " + kernel + ", " +
                               folder.path() + "/b about Linux 5.10.0: judge them one by one\n");
}

TEST(Claims, SayWhichFolderCannotBeRead) {
  const auto result = run_timewait({"claims", "/no/such/folder"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.errors, StartsWith("timewait: cannot read /no/such/folder/run.json"));
}

}  // namespace
}  // namespace timewait
