#include "harness/report/report_words.h"

#include <array>

#include "harness/report/verdict_look.h"
#include "harness/words/catalogue.h"

namespace timewait {
namespace {

constexpr auto kRows = std::to_array<ReportWordRow>({
    {ReportWord::comma, "comma", ", "},
    {ReportWord::semicolon, "semicolon", "; "},
    {ReportWord::one_cell, "one_cell", "{0} cell"},
    {ReportWord::cells, "cells", "{0} cells"},
    {ReportWord::totals, "totals", "{0}: {1}; {2} s, {3} at a time"},
    {ReportWord::agreement, "agreement", "expected = predicted = kernel in {0} of {1}"},
    {ReportWord::without_prediction, "without_prediction", "{0}; {1} passed without a prediction"},
    {ReportWord::left_out, "left_out", "left out because they are slow: {0}"},
    {ReportWord::left_out_tag, "left_out_tag", "{0} (--tag {1})"},
    {ReportWord::shard, "shard", "not the whole run, only shard {0} of it"},
    {ReportWord::interrupted, "interrupted", "not the whole run, only {0} of its {1} cells"},
    {ReportWord::machine, "machine", "Linux {0}, {1}"},
    {ReportWord::not_used, "not_used", "not used: {0}"},
    {ReportWord::evidence, "evidence", "evidence: {0}"},
    {ReportWord::options_unread, "options_unread",
     "the options of sockets cannot be read here: programs are believed to set those they are "
     "asked for"},
    {ReportWord::legend_call, "legend_call", "a cell names the call that failed unless it is bind"},
    {ReportWord::legend_heading, "legend_heading",
     "{0} or the heading does; a number is what the call returned"},
    {ReportWord::legend_promised, "legend_promised",
     "= as the document promises; {0} what it promises instead"},
    {ReportWord::conclusion, "conclusion", "{0}: {1}"},
    {ReportWord::claim_from, "claim_from", "from {0}"},
    {ReportWord::holds_only_if, "holds_only_if", "holds only if {0}"},
    {ReportWord::fits_no_verdict, "fits_no_verdict",
     "{0}: the results fit no verdict; the cells below say what differs"},
    {ReportWord::no_scenario_decides, "no_scenario_decides", "{0}: no scenario decides it yet"},
    {ReportWord::did_not_run, "did_not_run", "did not run"},
    {ReportWord::to_compare, "to_compare", "{0}, to compare"},
    {ReportWord::one_claim, "one_claim", "{0} claim"},
    {ReportWord::claims, "claims", "{0} claims"},
    {ReportWord::claim_totals, "claim_totals", "{0}: {1}"},
    {ReportWord::claim_count, "claim_count", "{0}: {1}"},
    {ReportWord::claim_source, "claim_source", "Linux {0}, by the records in {1}"},
    {ReportWord::and_then, "and_then", " and "},
    {ReportWord::how_to_decide, "how_to_decide", "to decide what is open because it did not run:"},
    {ReportWord::claim_legend, "claim_legend",
     "a cell names the call that failed unless it is bind; {0} as claimed; {1} otherwise, and {2} "
     "what is claimed; {3} not known"},
    {ReportWord::predicted, "predicted", "predicted"},
    {ReportWord::no_prediction, "no_prediction", "no prediction: {0}"},
    {ReportWord::no_outcome, "no_outcome", "no outcome: {0}"},
    {ReportWord::as_expected, "as_expected", "{0}, as expected"},
    {ReportWord::but_expected, "but_expected", "{0}, but expected is {1}"},
    {ReportWord::why, "why", "why"},
    {ReportWord::deciding_rules, "deciding_rules", "rules that decide"},
    {ReportWord::rule_line, "rule_line", "{0}: {1}"},
    {ReportWord::socket_lives, "socket_lives", "sockets, with the step that brings each state"},
    {ReportWord::connection_line, "connection_line", "{0} to {1}"},
    {ReportWord::gone, "gone", "gone"},
    {ReportWord::scenario_from, "scenario_from", "from {0}"},
    {ReportWord::varies, "varies", "varies"},
    {ReportWord::the_cell, "the_cell", "the cell {0}"},
    {ReportWord::expected, "expected", "expected: {0}"},
    {ReportWord::promised, "promised", "promised: {0}"},
    {ReportWord::list_totals, "list_totals", "{0} scenarios, {1} cells"},
});

static_assert(kRows.size() == static_cast<std::size_t>(ReportWord::list_totals) + 1);

}  // namespace

std::span<const ReportWordRow> report_word_table() { return kRows; }

std::string told(const TextStyle& style, ReportWord word,
                 const std::vector<std::string>& arguments) {
  const ReportWordRow& row = kRows[static_cast<std::size_t>(word)];
  return filled(text_in(style.language, "report", row.id, row.english), arguments);
}

std::string cell_count(const TextStyle& style, int cells) {
  return told(style, cells == 1 ? ReportWord::one_cell : ReportWord::cells,
              {std::to_string(cells)});
}

std::string told(const TextStyle& style, Verdict verdict) {
  const std::string_view name = kVerdicts.name(verdict);
  return std::string(text_in(style.language, "verdict", name, name));
}

std::string meaning_of(const TextStyle& style, Verdict verdict) {
  return std::string(
      text_in(style.language, "verdict_means", kVerdicts.name(verdict), look_of(verdict).legend));
}

std::string told(const TextStyle& style, ClaimVerdict verdict) {
  const std::string_view name = kClaimVerdicts.name(verdict);
  return std::string(text_in(style.language, "claim_verdict", name, name));
}

}  // namespace timewait
