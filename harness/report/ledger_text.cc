#include "harness/report/ledger_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "harness/report/cell_words.h"
#include "harness/report/claim_sights.h"
#include "harness/report/report_words.h"

namespace timewait {
namespace {

constexpr int kIndent = 5;  ///< of everything that belongs to a claim
constexpr int kGap = 2;

struct ClaimLook {
  std::string_view mark;
  std::string_view ascii;
  Colour colour = Colour::none;
};

ClaimLook look_of(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::holds:
      return {"✓", "+", Colour::green};
    case ClaimVerdict::holds_only_if:
      return {"◐", "~", Colour::yellow};
    case ClaimVerdict::fails:
      return {"✗", "X", Colour::red};
    case ClaimVerdict::open:
      return {"?", "?", Colour::bold};
    case ClaimVerdict::unexplained:
      return {"!", "!", Colour::magenta};
  }
  return {};
}

class LedgerText {
 public:
  LedgerText(const std::vector<LedgerEntry>& entries, const LedgerSource& source,
             const TextStyle& style)
      : entries_(entries), source_(source), style_(style) {}

  std::string write() {
    for (const LedgerEntry& entry : entries_) write(entry);
    write_totals();
    write_what_is_open();
    paragraph(0, Colour::dim, legend());
    return std::move(text_);
  }

 private:
  void line(const std::string& content) {
    text_ += content;
    while (text_.ends_with(' ')) text_.pop_back();
    text_ += '\n';
  }

  /// `content` in lines of which each is painted and all begin in `column`, where the first stands.
  std::string block(int column, Colour colour, const std::string& content) const {
    const std::string text = wrapped(content, std::max(style_.width - column, 1), 0);
    std::string result;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (begin > 0) result += "\n" + blanks(column);
      result += paint(style_, colour, text.substr(begin, end - begin));
      begin = end + 1;
    }
    return result;
  }

  static std::string blanks(int columns) {
    return std::string(static_cast<std::size_t>(columns), ' ');
  }

  void paragraph(int indent, Colour colour, const std::string& content) {
    line(blanks(indent) + block(indent, colour, content));
  }

  void write(const LedgerEntry& entry) {
    const Claim& claim = *entry.claim;
    line(paint(style_, Colour::bold, padded(claim.id, kIndent)) +
         block(kIndent, Colour::bold, claim.says));
    paragraph(kIndent, Colour::dim, told(style_, ReportWord::claim_from, {claim.from}));
    write_verdict(entry);
    paragraph(kIndent, Colour::none, claim.truth);
    write_cells(entry);
    line("");
  }

  void write_verdict(const LedgerEntry& entry) {
    const int column = kIndent + kGap;
    line(blanks(kIndent) + claim_mark(entry.verdict, style_) + ' ' +
         block(column, look_of(entry.verdict).colour, verdict_words(entry)));
  }

  std::string verdict_words(const LedgerEntry& entry) const {
    std::string verdict = told(style_, entry.verdict);
    if (entry.verdict == ClaimVerdict::holds_only_if)
      return told(style_, ReportWord::holds_only_if, {entry.claim->condition});
    if (entry.verdict == ClaimVerdict::unexplained)
      return told(style_, ReportWord::fits_no_verdict, {verdict});
    if (entry.claim->cells.empty()) return told(style_, ReportWord::no_scenario_decides, {verdict});
    return verdict;
  }

  void write_cells(const LedgerEntry& entry) {
    std::vector<ClaimSight> sights;
    for (std::size_t i = 0; i < entry.findings.size(); ++i)
      for (ClaimSight& sight : sights_of(entry.claim->cells[i], entry.findings[i], style_))
        sights.push_back(std::move(sight));
    int width = 0;
    for (const ClaimSight& sight : sights)
      width = std::max(width, display_width(result_words(sight)));
    width += kGap;
    for (const ClaimSight& sight : sights) write(sight, width);
  }

  void write(const ClaimSight& sight, int width) {
    const int column = kIndent + kGap + kGap + width;
    const std::string cells =
        sight.line->control ? told(style_, ReportWord::to_compare, {sight.cells}) : sight.cells;
    line(blanks(kIndent + kGap) + mark(sight.finding->agreement) + ' ' +
         padded(result_words(sight), width) + block(column, Colour::dim, cells));
    if (sight.finding->did_run && !sight.finding->reason.empty())
      paragraph(kIndent + kGap + kGap, Colour::dim, sight.finding->reason);
  }

  std::string result_words(const ClaimSight& sight) const {
    if (!sight.finding->did_run) return told(style_, ReportWord::did_not_run);
    return timewait::result_words(sight, style_.unicode);
  }

  std::string mark(Agreement agreement) const {
    switch (agreement) {
      case Agreement::as_claimed:
        return claim_mark(ClaimVerdict::holds, style_);
      case Agreement::otherwise:
        return claim_mark(ClaimVerdict::fails, style_);
      case Agreement::varies:
        return claim_mark(ClaimVerdict::unexplained, style_);
      case Agreement::unknown:
        return claim_mark(ClaimVerdict::open, style_);
    }
    return "";
  }

  void write_totals() {
    const bool is_one = entries_.size() == 1;
    const std::string all = told(style_, is_one ? ReportWord::one_claim : ReportWord::claims,
                                 {std::to_string(entries_.size())});
    line(told(style_, ReportWord::claim_totals, {all, verdict_counts()}));
    const std::string folders =
        fmt::format("{}", fmt::join(source_.folders, told(style_, ReportWord::and_then)));
    line(told(style_, ReportWord::claim_source, {source_.kernel, folders}));
  }

  /// "✓ holds: 12, ✗ fails: 3"
  std::string verdict_counts() const {
    const auto counts = counts_of(entries_);
    std::string all;
    for (const auto& [verdict, name] : kClaimVerdicts.rows()) {
      const int count = counts[static_cast<std::size_t>(verdict)];
      if (count == 0) continue;
      if (!all.empty()) all += told(style_, ReportWord::comma);
      all += claim_mark(verdict, style_) + ' ' +
             told(style_, ReportWord::claim_count, {told(style_, verdict), std::to_string(count)});
    }
    return all;
  }

  /// The commands that run what did not run, and the one that takes the new records in as well.
  void write_what_is_open() {
    const std::set<std::string> tags = tags_that_did_not_run();
    if (tags.empty()) return;
    std::string folders = fmt::format("{}", fmt::join(source_.folders, " "));
    line(told(style_, ReportWord::how_to_decide));
    for (const std::string& tag : tags) {
      const std::string folder = "results/run/" + (tag.empty() ? "all" : tag);
      line(fmt::format("  timewait run{} --out {}", tag.empty() ? "" : " --tag " + tag, folder));
      folders += " " + folder;
    }
    line("  timewait claims " + folders);
  }

  /// "slow", or "" for what runs without a tag.
  std::set<std::string> tags_that_did_not_run() const {
    std::set<std::string> tags;
    for (const LedgerEntry& entry : entries_)
      for (std::size_t i = 0; i < entry.findings.size(); ++i)
        for (const CellFinding& finding : entry.findings[i])
          if (!finding.did_run) tags.insert(entry.claim->cells[i].slow_tag);
    return tags;
  }

  std::string legend() const {
    return told(style_, ReportWord::claim_legend,
                {style_.unicode ? "✓" : "+", style_.unicode ? "✗" : "X",
                 std::string(differs_sign(style_.unicode)), "?"});
  }

  const std::vector<LedgerEntry>& entries_;
  const LedgerSource& source_;
  const TextStyle& style_;
  std::string text_;
};

}  // namespace

std::string claim_mark(ClaimVerdict verdict, const TextStyle& style) {
  const ClaimLook look = look_of(verdict);
  return paint(style, look.colour, style.unicode ? look.mark : look.ascii);
}

std::string ledger_text(const std::vector<LedgerEntry>& entries, const LedgerSource& source,
                        const TextStyle& style) {
  return LedgerText(entries, source, style).write();
}

}  // namespace timewait
