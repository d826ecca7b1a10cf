#include "harness/report/prediction_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

constexpr int kIndent = 2;

std::string indented(const std::string& text, const TextStyle& style, int indent = kIndent) {
  return std::string(static_cast<std::size_t>(indent), ' ') +
         wrapped(text, style.width - indent, indent) + "\n";
}

std::string outcome_line(const Cell& cell, const Prediction& prediction) {
  if (!prediction.not_modelled.empty())
    return fmt::format("no prediction: {}", prediction.not_modelled);
  if (!prediction.outcome) return fmt::format("no outcome: {}", prediction.trouble);
  const bool agrees = *prediction.outcome == cell.expected;
  return fmt::format("{}, {} expected{}", prediction.outcome->text(), agrees ? "as" : "but",
                     agrees ? "" : " is " + cell.expected.text());
}

std::string rule_text(Rule rule, const TextStyle& style) {
  const RuleRow& row = row_of(rule);
  return indented(fmt::format("{}: {}", row.name, row.says), style) +
         indented(std::string(row.source), style, 2 * kIndent);
}

/// "LISTEN (4) ESTABLISHED (8) gone (9)": states with the steps, counted from 1, that lead to them.
std::string life_of(const PredictedSocket& socket) {
  std::string life;
  for (const auto& moment : socket.moments)
    life += fmt::format("{}{} ({})", life.empty() ? "" : " ",
                        moment.state ? kTcpStates.name(*moment.state) : "gone", moment.step + 1);
  return life;
}

std::string socket_text(const PredictedSocket& socket, const TextStyle& style) {
  const auto& [step, state, local, remote] = socket.last_alive();
  const std::string to = remote.port() != 0 ? " to " + remote.text() : "";
  return indented(fmt::format("{} {}{}", kProtocols.name(socket.protocol), local.text(), to),
                  style) +
         indented(life_of(socket), style, 2 * kIndent);
}

}  // namespace

std::string prediction_text(const Scenario& scenario, const Cell& cell,
                            const Prediction& prediction, const std::string& explanation,
                            const TextStyle& style) {
  std::string text = fmt::format(
      "{}\n{}\n\npredicted\n{}",
      paint(style, Colour::bold, fmt::format("{}/{}", scenario.name, cell_name(cell.point))),
      scenario.title, indented(outcome_line(cell, prediction), style));
  if (!prediction.outcome) return text;
  text += fmt::format("\nwhy\n{}", indented(explanation, style));
  if (!prediction.rules.empty()) text += "\nrules that decide\n";
  for (const Rule rule : prediction.rules) text += rule_text(rule, style);
  if (!prediction.sockets.empty()) text += "\nsockets, with the step that brings each state\n";
  for (const PredictedSocket& socket : prediction.sockets) text += socket_text(socket, style);
  return text;
}

}  // namespace timewait
