#include "harness/report/ladder_rows.h"

#include <algorithm>

namespace timewait {
namespace {

constexpr LadderGlyphs kUnicodeGlyphs{.process = "│",
                                      .kernel = "┊",
                                      .shaft = "─",
                                      .to_server = "◄",
                                      .to_client = "►",
                                      .rule = "╌",
                                      .gives = "→",
                                      .begins = "●",
                                      .ends = "×",
                                      .signal = "↯",
                                      .goes_on = "○",
                                      .call = "◆",
                                      .itself = "↺"};
constexpr LadderGlyphs kAsciiGlyphs{.process = "|",
                                    .kernel = ":",
                                    .shaft = "-",
                                    .to_server = "<",
                                    .to_client = ">",
                                    .rule = ".",
                                    .gives = "->",
                                    .begins = "o",
                                    .ends = "X",
                                    .signal = "!",
                                    .goes_on = "+",
                                    .call = "*",
                                    .itself = "@"};

Colour colour_of(const std::string& state) {
  if (state.find("gone") != std::string::npos) return Colour::dim;
  return state.starts_with("TIME_WAIT") ? Colour::yellow : Colour::none;
}

}  // namespace

const LadderGlyphs& ladder_glyphs(const TextStyle& style) {
  return style.unicode ? kUnicodeGlyphs : kAsciiGlyphs;
}

void LadderRows::put(const LadderRow& row) {
  text_ += repeated(" ", columns_.time - display_width(row.time)) +
           paint(style_, row.time.empty() ? Colour::none : Colour::dim, row.time) + ' ' +
           margin(Lifeline::server, row) + ' ' + lifeline(Lifeline::server, row) +
           (row.inside.empty() ? repeated(" ", columns_.inside) : row.inside) +
           lifeline(Lifeline::client, row) + ' ' + margin(Lifeline::client, row);
  if (!waiting_.empty()) {
    text_ += "  " + paint(style_, Colour::bold, waiting_.front().text);
    waiting_.pop_front();
  }
  while (text_.ends_with(' ')) text_.pop_back();
  text_ += '\n';
}

void LadderRows::put_beside(const std::string& time, const std::vector<std::string>& parts) {
  flush();
  for (const std::string& part : parts)
    waiting_.push_back({.time = waiting_.empty() ? time : "", .text = part});
}

void LadderRows::flush() {
  while (!waiting_.empty())
    put({.time = waiting_.front().time, .states = {}, .marks = {}, .inside = ""});
}

std::string LadderRows::lifeline(Lifeline line, const LadderRow& row) const {
  if (!row.marks.of(line).empty()) return row.marks.of(line);
  switch (lives_.of(line)) {
    case Life::none:
      return " ";
    case Life::kernel:
      return paint(style_, Colour::yellow, glyphs_.kernel);
    case Life::process:
      return std::string(glyphs_.process);
  }
  return "";
}

std::string LadderRows::margin(Lifeline line, const LadderRow& row) const {
  const int width = columns_.margin(line);
  const std::string state = cut(row.states.of(line), width, style_);
  const std::string blanks = repeated(" ", width - display_width(state));
  const std::string painted = paint(style_, state.empty() ? Colour::none : colour_of(state), state);
  return line == Lifeline::server ? blanks + painted : painted + blanks;
}

std::string cut(std::string_view text, int width, const TextStyle& style) {
  const int narrowest = style.unicode ? 1 : 3;
  if (display_width(text) > width && width < narrowest) return "";
  return shortened(text, width, style);
}

std::vector<std::string> parts_of(std::string_view text, int width, int indent,
                                  const TextStyle& style) {
  const std::string broken = wrapped(text, width, indent);
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= broken.size();) {
    const std::size_t end = std::min(broken.find('\n', begin), broken.size());
    parts.push_back(cut(broken.substr(begin, end - begin), width, style));
    begin = end + 1;
  }
  return parts;
}

std::string repeated(std::string_view glyph, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += glyph;
  return text;
}

}  // namespace timewait
