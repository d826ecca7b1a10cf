#include "harness/report/ledger_text.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "harness/report/ledger_json.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr TextStyle kNarrow{.colour = false, .unicode = true, .width = 62};
constexpr TextStyle kAscii{.colour = false, .unicode = false, .width = 60};

const LedgerSource kSource{.kernel = "6.18.44", .folders = {"results/run/latest"}};
const Outcome kBound = Outcome::bound();
const Outcome kInUse = Outcome::failed(SocketCall::bind, EADDRINUSE);

const Claim kHalfTrue{
    .id = "C4",
    .from = "the chat server",
    .says = "With SO_REUSEADDR the port can be bound again at once.",
    .truth = "The old socket is asked as well.",
    .condition = "the old socket had the option, too",
    .cells = {{.pattern = "pair/first=reuseaddr|both,with=reuseaddr",
               .cells = {"pair/first=reuseaddr,with=reuseaddr", "pair/first=both,with=reuseaddr"},
               .claimed = kBound,
               .fulfils = true},
              {.pattern = "pair/first=plain,with=reuseaddr",
               .cells = {"pair/first=plain,with=reuseaddr"},
               .claimed = kBound},
              {.pattern = "pair/first=plain,with=plain",
               .cells = {"pair/first=plain,with=plain"},
               .claimed = kInUse,
               .control = true}}};

const Claim kSlow{.id = "C2",
                  .from = "a book",
                  .says = "It lasts two to four minutes.",
                  .truth = "It lasts one.",
                  .cells = {{.pattern = "wait/first=*",
                             .cells = {"wait/first=plain", "wait/first=both"},
                             .slow_tag = "slow",
                             .claimed = kBound,
                             .seconds = SecondsRange{.least = 120, .most = 240}}}};

CellFinding found(const std::string& cell, Agreement agreement, const std::string& outcome) {
  return {.cell = cell, .agreement = agreement, .outcome = outcome, .did_run = true};
}

LedgerEntry half_true() {
  return {.claim = &kHalfTrue,
          .verdict = ClaimVerdict::holds_only_if,
          .findings = {
              {found("pair/first=reuseaddr,with=reuseaddr", Agreement::as_claimed, "bound"),
               found("pair/first=both,with=reuseaddr", Agreement::as_claimed, "bound")},
              {found("pair/first=plain,with=reuseaddr", Agreement::otherwise, "bind:EADDRINUSE")},
              {found("pair/first=plain,with=plain", Agreement::as_claimed, "bind:EADDRINUSE")}}};
}

LedgerEntry not_run() {
  Findings findings;
  for (const std::string& cell : kSlow.cells[0].cells)
    findings.push_back({.cell = cell, .reason = "did not run"});
  return {.claim = &kSlow, .verdict = ClaimVerdict::open, .findings = {findings}};
}

TEST(LedgerText, ShowsTheVerdictTheTruthAndWhatDecidedIt) {
  EXPECT_EQ(ledger_text({half_true()}, kSource, kNarrow),
            "C4   With SO_REUSEADDR the port can be bound again at once.\n"
            "     from the chat server\n"
            "     ◐ holds only if the old socket had the option, too\n"
            "     The old socket is asked as well.\n"
            "       ✓ bound               pair first=reuseaddr or both,\n"
            "                             with=reuseaddr (2 cells)\n"
            "       ✗ EADDRINUSE ≠ bound  pair first=plain, with=reuseaddr\n"
            "       ✓ EADDRINUSE          pair first=plain, with=plain, to\n"
            "                             compare\n"
            "\n"
            "1 claim: ◐ holds only if: 1\n"
            "Linux 6.18.44, by the records in results/run/latest\n"
            "a cell names the call that failed unless it is bind; ✓ as\n"
            "claimed; ✗ otherwise, and ≠ what is claimed; ? not known\n");
}

TEST(LedgerText, SaysHowToDecideWhatDidNotRun) {
  EXPECT_EQ(ledger_text({not_run()}, kSource, kAscii),
            "C2   It lasts two to four minutes.\n"
            "     from a book\n"
            "     ? open\n"
            "     It lasts one.\n"
            "       ? did not run  wait first=* (2 cells)\n"
            "\n"
            "1 claim: ? open: 1\n"
            "Linux 6.18.44, by the records in results/run/latest\n"
            "to decide what is open because it did not run:\n"
            "  timewait run --tag slow --out results/run/slow\n"
            "  timewait claims results/run/latest results/run/slow\n"
            "a cell names the call that failed unless it is bind; + as\n"
            "claimed; X otherwise, and != what is claimed; ? not known\n");
}

TEST(LedgerText, ShowsMeasuredSecondsOfEachCell) {
  const LedgerEntry entry{
      .claim = &kSlow,
      .verdict = ClaimVerdict::fails,
      .findings = {{found("wait/first=plain", Agreement::otherwise, "bound after 61.44 s"),
                    found("wait/first=both", Agreement::otherwise, "bound after 61.50 s")}}};
  EXPECT_THAT(ledger_text({entry}, kSource, kNarrow),
              HasSubstr("     ✗ fails\n"
                        "     It lasts one.\n"
                        "       ✗ bound after 61.44 s ≠ 120 to 240 s  wait first=plain\n"
                        "       ✗ bound after 61.50 s ≠ 120 to 240 s  wait first=both\n"));
}

TEST(LedgerText, IsLoudAboutWhatIsUnexplained) {
  LedgerEntry entry = half_true();
  entry.verdict = ClaimVerdict::unexplained;
  entry.findings[0][1] =
      found("pair/first=both,with=reuseaddr", Agreement::varies, "bound or bind:EADDRINUSE");
  const std::string text = ledger_text({entry}, kSource, kNarrow);
  EXPECT_THAT(text, HasSubstr("     ! unexplained: the results fit no verdict; the cells\n"
                              "       below say what differs\n"));
  EXPECT_THAT(text, HasSubstr("       ✓ bound                             pair\n"));
  EXPECT_THAT(text, HasSubstr("       ! bound or bind:EADDRINUSE ≠ bound  pair first=both,\n"));
  EXPECT_THAT(text, HasSubstr("1 claim: ! unexplained: 1\n"));
}

TEST(LedgerText, SaysWhyACellIsNotKnown) {
  LedgerEntry entry = half_true();
  entry.verdict = ClaimVerdict::open;
  entry.findings[1] = {{.cell = "pair/first=plain,with=reuseaddr",
                        .reason = "inconclusive: tcp TIME_WAIT was gone",
                        .did_run = true}};
  const std::string text = ledger_text({entry}, kSource, kNarrow);
  EXPECT_THAT(text, HasSubstr("       ? inconclusive  pair first=plain, with=reuseaddr\n"
                              "         inconclusive: tcp TIME_WAIT was gone\n"));
  EXPECT_THAT(text, Not(HasSubstr("did not run")));
}

TEST(LedgerText, DropsTheCallThatWasClaimedAsWell) {
  Claim claim{.id = "T19",
              .from = "manual pages",
              .says = "It is in use.",
              .truth = "It is not available.",
              .cells = {{.pattern = "connecting",
                         .cells = {"connecting/-"},
                         .claimed = Outcome::failed(SocketCall::connect, EADDRINUSE)}}};
  const LedgerEntry entry{
      .claim = &claim,
      .verdict = ClaimVerdict::fails,
      .findings = {{found("connecting/-", Agreement::otherwise, "connect:EADDRNOTAVAIL")}}};
  EXPECT_THAT(ledger_text({entry}, kSource, kNarrow),
              HasSubstr("       ✗ connect:EADDRNOTAVAIL ≠ EADDRINUSE  connecting\n"));
}

TEST(LedgerText, SaysThatNothingDecidesAClaimYet) {
  const Claim claim{.id = "T16", .from = "a book", .says = "It is safe.", .truth = "It is not."};
  EXPECT_THAT(ledger_text({{.claim = &claim}}, kSource, kNarrow),
              HasSubstr("     ? open: no scenario decides it yet\n"));
}

TEST(LedgerText, IsToldInChinese) {
  const TextStyle style{.width = 62, .language = Language::zh};
  EXPECT_EQ(ledger_text({half_true(), not_run()}, kSource, style),
            "C4   With SO_REUSEADDR the port can be bound again at once.\n"
            "     出自：the chat server\n"
            "     ◐ 仅在以下条件下成立：the old socket had the option, too\n"
            "     The old socket is asked as well.\n"
            "       ✓ bound               pair first=reuseaddr or both,\n"
            "                             with=reuseaddr (2 个单元)\n"
            "       ✗ EADDRINUSE ≠ bound  pair first=plain, with=reuseaddr\n"
            "       ✓ EADDRINUSE          pair first=plain, with=plain，用\n"
            "                             于对照\n"
            "\n"
            "C2   It lasts two to four minutes.\n"
            "     出自：a book\n"
            "     ? 待定\n"
            "     It lasts one.\n"
            "       ? 没有运行  wait first=* (2 个单元)\n"
            "\n"
            "2 条说法：◐ 有条件成立 1，? 待定 1\n"
            "Linux 6.18.44，依据 results/run/latest 中的记录\n"
            "要判定因没有运行而待定的说法：\n"
            "  timewait run --tag slow --out results/run/slow\n"
            "  timewait claims results/run/latest results/run/slow\n"
            "单元写出失败的调用，bind 不写出；✓ 与说法相符；✗ 与说法不符，≠\n"
            "后面是说法所称的结果；? 未知\n");
}

TEST(LedgerText, PaintsEachLineForItself) {
  const TextStyle coloured{.colour = true, .unicode = true, .width = 40};
  const std::string text = ledger_text({half_true()}, kSource, coloured);
  EXPECT_THAT(text, HasSubstr("     \033[33m◐\033[0m \033[33mholds only if the old socket "
                              "had\033[0m\n       \033[33mthe option, too\033[0m\n"));
}

TEST(LedgerJson, HasEveryCellWithWhatIsClaimedAndWhatItGave) {
  const auto json = nlohmann::json::parse(ledger_json({half_true(), not_run()}, kSource));
  EXPECT_EQ(json["schema"], "timewait.claims/1");
  EXPECT_EQ(json["kernel"], "6.18.44");
  EXPECT_EQ(json["records"], nlohmann::json::parse(R"(["results/run/latest"])"));
  EXPECT_EQ(json["totals"]["holds only if"], 1);
  EXPECT_EQ(json["totals"]["open"], 1);
  EXPECT_EQ(json["totals"]["fails"], 0);
  const auto& claim = json["claims"][0];
  EXPECT_EQ(claim["id"], "C4");
  EXPECT_EQ(claim["verdict"], "holds only if");
  EXPECT_EQ(claim["condition"], "the old socket had the option, too");
  EXPECT_EQ(claim["cells"].size(), 4u);
  EXPECT_EQ(claim["cells"][2], nlohmann::json::parse(R"({
      "cell": "pair/first=plain,with=reuseaddr", "claimed": "bound", "fulfils": false,
      "control": false, "agreement": "otherwise", "outcome": "bind:EADDRINUSE"})"));
  const auto& open = json["claims"][1];
  EXPECT_TRUE(open["condition"].is_null());
  EXPECT_EQ(open["cells"][1], nlohmann::json::parse(R"({
      "cell": "wait/first=both", "claimed": "bound", "claimed_seconds": [120.0, 240.0],
      "fulfils": false, "control": false, "agreement": "unknown", "outcome": null,
      "reason": "did not run", "tag": "slow"})"));
}

}  // namespace
}  // namespace timewait
