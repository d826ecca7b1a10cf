#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/claim_verdict.h"
#include "harness/report/text_style.h"
#include "harness/run/record.h"

namespace timewait {

/// The fixed words of what a terminal shows.
enum class ReportWord {
  comma,
  semicolon,
  one_cell,
  cells,
  totals,
  agreement,
  without_prediction,
  left_out,
  left_out_tag,
  shard,
  interrupted,
  machine,
  not_used,
  evidence,
  options_unread,
  legend_call,
  legend_heading,
  legend_promised,
  conclusion,
  claim_from,
  holds_only_if,
  fits_no_verdict,
  no_scenario_decides,
  did_not_run,
  to_compare,
  one_claim,
  claims,
  claim_totals,
  claim_count,
  claim_source,
  and_then,
  how_to_decide,
  claim_legend,
  predicted,
  no_prediction,
  no_outcome,
  as_expected,
  but_expected,
  why,
  deciding_rules,
  rule_line,
  socket_lives,
  connection_line,
  gone,
  scenario_from,
  varies,
  the_cell,
  expected,
  promised,
  list_totals,
};

struct ReportWordRow {
  ReportWord word;
  std::string_view id;       ///< in the catalogues of other languages
  std::string_view english;  ///< {0}, {1}, ... are places
};

/// Every word, in the order of the enumerators.
std::span<const ReportWordRow> report_word_table();

/// A word in the language of the style, with `arguments` in its places.
std::string told(const TextStyle& style, ReportWord word,
                 const std::vector<std::string>& arguments = {});

/// "1 cell", "3 cells".
std::string cell_count(const TextStyle& style, int cells);

/// A verdict in the language of the style, and what it means, for a legend.
std::string told(const TextStyle& style, Verdict verdict);
std::string meaning_of(const TextStyle& style, Verdict verdict);

/// A verdict on a claim in the language of the style.
std::string told(const TextStyle& style, ClaimVerdict verdict);

}  // namespace timewait
