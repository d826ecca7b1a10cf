#include "harness/report/ladder.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/characters.h"
#include "harness/report/ladder_rows.h"
#include "harness/report/report_words.h"
#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

constexpr int kIndent = 2;

class LadderText {
 public:
  LadderText(const LadderDiagram& diagram, const TextStyle& style)
      : diagram_(diagram),
        style_(style),
        columns_(ladder_columns(diagram, style)),
        glyphs_(ladder_glyphs(style)),
        rows_(columns_, style) {}

  std::string write() {
    for (const LadderLine& line : diagram_.lines) write(line);
    rows_.flush();
    return heading() + '\n' + titles() + rows_.take() + '\n' + conclusion();
  }

 private:
  std::string paragraph(Colour colour, const std::string& text) const {
    std::string lines;
    for (const std::string& part : parts_of(text, style_.width, kIndent, style_))
      lines += paint(style_, colour, part) + '\n';
    return lines;
  }

  /// The same with `mark`, one column wide, before it.
  std::string marked(const std::string& mark, Colour colour, const std::string& text) const {
    std::string lines;
    for (const std::string& part : parts_of(text, style_.width - kIndent, 0, style_))
      lines += (lines.empty() ? mark + ' ' : repeated(" ", kIndent)) + paint(style_, colour, part) +
               '\n';
    return lines;
  }

  std::string heading() const {
    std::string text = paragraph(Colour::bold, diagram_.name);
    if (!diagram_.title.empty()) text += paragraph(Colour::none, diagram_.title);
    for (const std::string& warning : diagram_.warnings)
      text += marked(paint(style_, Colour::red, "!"), Colour::red, warning);
    return text;
  }

  /// The names above the middle of their lifelines, as far as the edges allow.
  std::string titles() const {
    const int server = columns_.position_of(Lifeline::server);
    const int client = columns_.position_of(Lifeline::client);
    const int edge = client + 2 + columns_.client;
    const int middle = (server + client) / 2;
    const int unit = columns_.time + 1;
    std::string text = fmt::format("{:>{}} ", "ms", columns_.time);
    text += centred(diagram_.titles.server, server, unit, middle);
    text = padded(text, middle + 1) + centred(diagram_.titles.client, client, middle + 1, edge);
    while (text.ends_with(' ')) text.pop_back();
    return paint(style_, Colour::bold, text) + '\n';
  }

  /// `title` with its middle at `position`, all between `from` and `to`, preceded by blanks.
  std::string centred(const std::string& title, int position, int from, int to) const {
    const std::string text = cut(title, to - from, style_);
    const int start = std::min(position - display_width(text) / 2, to - display_width(text));
    return repeated(" ", start - from) + text;
  }

  void write(const LadderLine& line) {
    rows_.live(line.lives);
    switch (line.kind) {
      case LadderLine::Kind::step:
        return columns_.steps > 0 ? put_beside(line) : write_step(line);
      case LadderLine::Kind::segment:
        return write_arrow(line);
      case LadderLine::Kind::states:
        return put(line, {.states = line.states});
      case LadderLine::Kind::process:
        return write_own(line, process_mark(line.change));
      case LadderLine::Kind::call:
        return write_own(line, glyphs_.call);
    }
  }

  void put(const LadderLine& line, LadderRow row) {
    row.time = time_text(line.at);
    rows_.put(row);
  }

  std::string_view process_mark(ProcessChange change) const {
    switch (change) {
      case ProcessChange::started:
      case ProcessChange::forked:
      case ProcessChange::executed:
        return glyphs_.begins;
      case ProcessChange::signalled:
        return glyphs_.signal;
      case ProcessChange::stopped:
      case ProcessChange::continued:
        return glyphs_.goes_on;
      case ProcessChange::ended:
        return glyphs_.ends;
    }
    return "";
  }

  std::vector<std::string> step_parts(const LadderLine& line, int width) const {
    const std::string note =
        line.note.empty() ? "" : fmt::format(" {} {}", glyphs_.gives, line.note);
    return parts_of(line.text + note, width, 0, style_);
  }

  void put_beside(const LadderLine& line) {
    rows_.put_beside(time_text(line.at), step_parts(line, columns_.steps));
  }

  /// A step between the lifelines, on a rule that no arrow has.
  void write_step(const LadderLine& line) {
    constexpr int kBefore = 2;
    constexpr int kAround = kBefore + 2;
    bool is_first = true;
    for (const std::string& part : step_parts(line, columns_.inside - kAround - 1)) {
      const std::string_view rule = is_first ? glyphs_.rule : " ";
      const int rest = columns_.inside - kAround - display_width(part);
      rows_.put({.time = is_first ? time_text(line.at) : "",
                 .states = {},
                 .marks = {},
                 .inside = repeated(rule, kBefore) + ' ' + paint(style_, Colour::bold, part) + ' ' +
                           repeated(rule, rest)});
      is_first = false;
    }
  }

  void write_arrow(const LadderLine& line) {
    if (line.from == line.to) return write_own(line, glyphs_.itself);
    constexpr int kLeastShaft = 4;
    const std::string label = " " + cut(line.text, columns_.inside - kLeastShaft - 1, style_) + " ";
    const int shaft = columns_.inside - 1 - display_width(label);
    const std::string body =
        repeated(glyphs_.shaft, shaft / 2) + label + repeated(glyphs_.shaft, shaft - shaft / 2);
    const bool to_client = line.to == Lifeline::client;
    put(line, {.inside = paint(style_, colour_of(line),
                               to_client ? fmt::format("{}{}", body, glyphs_.to_client)
                                         : fmt::format("{}{}", glyphs_.to_server, body))});
  }

  /// Words about one side, beside its lifeline, on which `mark` stands.
  void write_own(const LadderLine& line, std::string_view mark) {
    const std::string words = cut(line.text, columns_.inside - 2, style_);
    const std::string painted = paint(style_, colour_of(line), words);
    const std::string blanks = repeated(" ", columns_.inside - 1 - display_width(words));
    LadderRow row;
    row.marks.of(line.from) = paint(style_, colour_of(line), mark);
    row.inside = line.from == Lifeline::server ? ' ' + painted + blanks : blanks + painted + ' ';
    put(line, std::move(row));
  }

  static Colour colour_of(const LadderLine& line) {
    return line.is_alarming ? Colour::red : Colour::none;
  }

  std::string conclusion() const {
    const Verdict verdict = diagram_.verdict;
    std::string text =
        marked(verdict_mark(verdict, style_), Colour::none,
               told(style_, ReportWord::conclusion, {told(style_, verdict), diagram_.conclusion}));
    for (const std::string& holder : diagram_.holders) text += paragraph(Colour::none, holder);
    return text;
  }

  const LadderDiagram& diagram_;
  const TextStyle& style_;
  const LadderColumns columns_;
  const LadderGlyphs& glyphs_;
  LadderRows rows_;
};

}  // namespace

std::string ladder(const Record& record, const TextStyle& style) {
  LadderDiagram diagram = ladder_diagram(record);
  diagram.title = in_one_line(translation_of(style).title(record.scenario, record.title));
  if (record.verdict == Verdict::pass && record.outcome)
    diagram.conclusion = told(style, ReportWord::as_expected, {record.outcome->text()});
  return LadderText(diagram, style).write();
}

}  // namespace timewait
