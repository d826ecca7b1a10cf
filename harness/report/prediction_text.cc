#include "harness/report/prediction_text.h"

#include <fmt/format.h>

#include "harness/report/report_words.h"

namespace timewait {
namespace {

constexpr int kIndent = 2;

std::string indented(const std::string& content, const TextStyle& style, int indent = kIndent) {
  return std::string(static_cast<std::size_t>(indent), ' ') +
         wrapped(content, style.width - indent, indent) + "\n";
}

std::string outcome_line(const Cell& cell, const Prediction& prediction, const TextStyle& style) {
  if (!prediction.not_modelled.empty())
    return told(style, ReportWord::no_prediction, {prediction.not_modelled});
  if (!prediction.outcome) return told(style, ReportWord::no_outcome, {prediction.trouble});
  const std::string outcome = prediction.outcome->text();
  if (*prediction.outcome == cell.expected) return told(style, ReportWord::as_expected, {outcome});
  return told(style, ReportWord::but_expected, {outcome, cell.expected.text()});
}

std::string rule_text(Rule rule, const TextStyle& style) {
  const RuleRow& row = row_of(rule);
  const std::string says = rule_sentence(rule, style.language);
  return indented(told(style, ReportWord::rule_line, {std::string(row.name), says}), style) +
         indented(std::string(row.source), style, 2 * kIndent);
}

/// "LISTEN (4) ESTABLISHED (8) gone (9)": states with the steps, counted from 1, that lead to them.
std::string life_of(const PredictedSocket& socket, const TextStyle& style) {
  std::string life;
  for (const auto& moment : socket.moments)
    life += fmt::format(
        "{}{} ({})", life.empty() ? "" : " ",
        moment.state ? std::string(kTcpStates.name(*moment.state)) : told(style, ReportWord::gone),
        moment.step + 1);
  return life;
}

std::string socket_text(const PredictedSocket& socket, const TextStyle& style) {
  const auto& [step, state, local, remote] = socket.last_alive();
  std::string ends = fmt::format("{} {}", kProtocols.name(socket.protocol), local.text());
  if (remote.port() != 0) ends = told(style, ReportWord::connection_line, {ends, remote.text()});
  return indented(ends, style) + indented(life_of(socket, style), style, 2 * kIndent);
}

/// A heading over lines of its own.
std::string heading(ReportWord word, const TextStyle& style) {
  return fmt::format("\n{}\n", told(style, word));
}

}  // namespace

std::string prediction_text(const Scenario& scenario, const Cell& cell,
                            const Prediction& prediction, const Explanation& explanation,
                            const TextStyle& style) {
  const std::string name = fmt::format("{}/{}", scenario.name, cell_name(cell.point));
  std::string all = paint(style, Colour::bold, name) + "\n" +
                    wrapped(translation_of(style).texts_of(scenario).title, style.width, 0) + "\n";
  all += heading(ReportWord::predicted, style);
  all += indented(outcome_line(cell, prediction, style), style);
  if (!prediction.outcome) return all;
  all += heading(ReportWord::why, style) + indented(text(explanation, style.language), style);
  if (!prediction.rules.empty()) all += heading(ReportWord::deciding_rules, style);
  for (const Rule rule : prediction.rules) all += rule_text(rule, style);
  if (!prediction.sockets.empty()) all += heading(ReportWord::socket_lives, style);
  for (const PredictedSocket& socket : prediction.sockets) all += socket_text(socket, style);
  return all;
}

}  // namespace timewait
