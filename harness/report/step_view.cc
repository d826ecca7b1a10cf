#include "harness/report/step_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/sentence.h"

namespace timewait {
namespace {

constexpr int kIndent = 6;

std::string connection_of(const SocketEntry& entry) {
  if (entry.remote.port() == 0) return entry.local.text();
  return fmt::format("{} -> {}", entry.local.text(), entry.remote.text());
}

/// Who has it open, until when the kernel keeps it, what is set on it.
std::string remarks_on(const SocketEntry& entry) {
  std::string text = entry.inode == 0 ? "no process" : entry.owner;
  const auto add = [&](const std::string& remark) { text += (text.empty() ? "" : ", ") + remark; };
  if (entry.unread > 0)
    add(fmt::format("{} {}", entry.unread,
                    entry.state == TcpState::listen ? "to accept" : "unread"));
  if (entry.timer == SocketTimer::time_wait)
    add(fmt::format("{:.1f} s left", static_cast<double>(entry.timer_left.count()) / 1000));
  if (entry.options) add(std::string(kOptionSets.name(*entry.options)));
  return text;
}

std::string table_text(const Table& table, const TextStyle& style) {
  if (table.empty()) return fmt::format("{:{}}the socket table is empty\n", "", kIndent);
  int states = 0;
  int connections = 0;
  for (const SocketEntry& entry : table) {
    states = std::max(states, display_width(kTcpStates.name(entry.state)));
    connections = std::max(connections, display_width(connection_of(entry)));
  }
  std::string text;
  for (const SocketEntry& entry : table) {
    const std::string line =
        fmt::format("{}  {}  {}", padded(kTcpStates.name(entry.state), states),
                    padded(connection_of(entry), connections), remarks_on(entry));
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
