#include "harness/report/claim_ledger.h"

#include <gmock/gmock.h>

#include <cerrno>

namespace timewait {
namespace {

using testing::ElementsAre;

const Outcome kInUse = Outcome::failed(SocketCall::bind, EADDRINUSE);

/// A run of the cell "pair/with=LABEL".
Record run(const std::string& label, const Outcome& outcome) {
  return {
      .scenario = "pair", .point = {{"with", label}}, .verdict = Verdict::pass, .outcome = outcome};
}

Record measured(const std::string& label, double seconds) {
  Record record = run(label, Outcome::bound());
  record.repetition = Repetition{.took = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                     std::chrono::duration<double>(seconds))};
  return record;
}

/// One that did not come to an outcome which can be believed.
Record broken(Verdict verdict, const std::string& reason) {
  Record record = run("plain", Outcome::bound());
  record.verdict = verdict;
  record.reason = reason;
  return record;
}

/// "The cell with=plain is bound", perhaps after so many seconds.
std::vector<Claim> claims(std::optional<SecondsRange> seconds = std::nullopt) {
  return {{.id = "C1",
           .cells = {{.pattern = "pair/with=plain",
                      .cells = {"pair/with=plain"},
                      .claimed = Outcome::bound(),
                      .seconds = seconds}}}};
}

LedgerEntry judged(const std::vector<Claim>& claims, const std::vector<Record>& records) {
  ClaimLedger ledger(claims);
  for (const Record& record : records) ledger.add(record);
  return ledger.entries().at(0);
}

void expect_finding(const std::vector<Record>& records, Agreement agreement,
                    const std::string& outcome, const std::string& reason,
                    std::optional<SecondsRange> seconds = std::nullopt) {
  const auto all = claims(seconds);
  const CellFinding finding = judged(all, records).findings.at(0).at(0);
  EXPECT_EQ(kAgreements.name(finding.agreement), kAgreements.name(agreement));
  EXPECT_EQ(finding.outcome, outcome);
  EXPECT_EQ(finding.reason, reason);
  EXPECT_EQ(finding.did_run, !records.empty());
}

TEST(ClaimLedger, ComparesTheOutcomeWithWhatIsClaimed) {
  expect_finding({run("plain", Outcome::bound())}, Agreement::as_claimed, "bound", "");
  expect_finding({run("plain", kInUse)}, Agreement::otherwise, "bind:EADDRINUSE", "");
}

TEST(ClaimLedger, BelievesAFailureThatHasAnOutcome) {
  Record record = run("plain", kInUse);
  record.verdict = Verdict::fail;
  record.reason = "expected bound, got bind:EADDRINUSE";
  expect_finding({record}, Agreement::otherwise, "bind:EADDRINUSE", "");
}

TEST(ClaimLedger, BelievesNothingElse) {
  expect_finding({}, Agreement::unknown, "", "did not run");
  expect_finding({broken(Verdict::inconclusive, "it was gone")}, Agreement::unknown, "",
                 "inconclusive: it was gone");
  expect_finding({broken(Verdict::skip, "no IPv6")}, Agreement::unknown, "", "skip: no IPv6");
  expect_finding({broken(Verdict::error, "it broke")}, Agreement::unknown, "", "error: it broke");
  Record failed_early = broken(Verdict::fail, "a call gave something else");
  failed_early.outcome.reset();
  expect_finding({failed_early}, Agreement::unknown, "", "fail: a call gave something else");
}

TEST(ClaimLedger, DoesNotBelieveACellOfWhichOneRunIsBroken) {
  expect_finding({run("plain", Outcome::bound()), broken(Verdict::inconclusive, "it was gone")},
                 Agreement::unknown, "", "inconclusive: it was gone");
}

TEST(ClaimLedger, TellsWhenRunsDiffer) {
  expect_finding({run("plain", Outcome::bound()), run("plain", kInUse)}, Agreement::varies,
                 "bound or bind:EADDRINUSE", "");
  expect_finding({run("plain", Outcome::bound()), run("plain", Outcome::bound())},
                 Agreement::as_claimed, "bound", "");
}

TEST(ClaimLedger, ComparesMeasuredSeconds) {
  const SecondsRange range{.least = 60, .most = 62};
  expect_finding({measured("plain", 61.44)}, Agreement::as_claimed, "bound after 61.44 s", "",
                 range);
  expect_finding({measured("plain", 59.95)}, Agreement::as_claimed, "bound after 59.95 s", "",
                 range);
  expect_finding({measured("plain", 59.85)}, Agreement::otherwise, "bound after 59.85 s", "",
                 range);
  expect_finding({measured("plain", 62.15)}, Agreement::otherwise, "bound after 62.15 s", "",
                 range);
  expect_finding({run("plain", Outcome::bound())}, Agreement::otherwise, "bound", "", range);
}

TEST(ClaimLedger, TakesNoNoticeOfCellsThatNoClaimNames) {
  const auto all = claims();
  EXPECT_EQ(judged(all, {run("both", Outcome::bound())}).verdict, ClaimVerdict::open);
  EXPECT_EQ(judged(all, {run("both", kInUse), run("plain", Outcome::bound())}).verdict,
            ClaimVerdict::holds);
}

TEST(ClaimLedger, CountsVerdictsAndEndsWithTheWorst) {
  const auto entries_of = [](const std::vector<ClaimVerdict>& verdicts) {
    std::vector<LedgerEntry> entries;
    for (const ClaimVerdict verdict : verdicts) entries.push_back({.verdict = verdict});
    return entries;
  };
  using enum ClaimVerdict;
  EXPECT_THAT(counts_of(entries_of({open, holds, open})), ElementsAre(1, 0, 0, 2, 0));
  EXPECT_EQ(exit_code_of(entries_of({holds, holds_only_if, fails})), 0);
  EXPECT_EQ(exit_code_of(entries_of({holds, open, fails})), 3);
  EXPECT_EQ(exit_code_of(entries_of({open, unexplained})), 1);
}

}  // namespace
}  // namespace timewait
