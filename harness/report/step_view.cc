#include "harness/report/step_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/entry_words.h"
#include "harness/report/sentence.h"

namespace timewait {
namespace {

constexpr int kIndent = 6;

std::string table_text(const Table& table, const TextStyle& style) {
  if (table.empty()) return fmt::format("{:{}}the socket table is empty\n", "", kIndent);
  int states = 0;
  int connections = 0;
  for (const SocketEntry& entry : table) {
    states = std::max(states, display_width(kTcpStates.name(entry.state)));
    connections = std::max(connections, display_width(connection_words(entry)));
  }
  std::string text;
  for (const SocketEntry& entry : table) {
    std::string line = fmt::format("{}  {}  {}", padded(kTcpStates.name(entry.state), states),
                                   padded(connection_words(entry), connections), remarks_on(entry));
    while (line.ends_with(' ')) line.pop_back();
    text += fmt::format("{:{}}{}\n", "", kIndent, shortened(line, style.width - kIndent, style));
  }
  return text;
}

}  // namespace

std::string step_announcement(const Cell& cell, std::size_t index, const TextStyle& style) {
  const Step& step = cell.steps.at(index);
  return fmt::format("{:>4}  {}\n{:{}}{}\n", index + 1, paint(style, Colour::bold, step.text), "",
                     kIndent, wrapped(sentence_of(step, cell), style.width - kIndent, kIndent));
}

std::string step_result(const StepRecord& step, const TextStyle& style) {
  std::string text;
  if (!step.note.empty())
    text = fmt::format(
        "{:{}}{} {}\n", "", kIndent, style.unicode ? "→" : "->",
        paint(style, Colour::bold, wrapped(step.note, style.width - kIndent - 2, kIndent + 2)));
  if (step.table) text += table_text(*step.table, style);
  return text;
}

}  // namespace timewait
