#include "harness/report/mermaid.h"

#include <fmt/format.h>

#include "harness/report/ladder_lines.h"

namespace timewait {
namespace {

/// Text as Mermaid takes it anywhere: what has a meaning there, or in the HTML that it makes, as a
/// numbered entity ("#59;").
std::string escaped(std::string_view text) {
  constexpr std::string_view kSpecial = "#;%<>&$";
  std::string result;
  for (const char character : text)
    if (kSpecial.find(character) == std::string_view::npos)
      result += character;
    else
      result += fmt::format("#{};", static_cast<int>(character));
  return result;
}

std::string_view name_of(Lifeline line) { return line == Lifeline::server ? "server" : "client"; }

class MermaidText {
 public:
  explicit MermaidText(const LadderDiagram& diagram)
      : diagram_(diagram), everybody_(diagram.titles.client.empty() ? "server" : "server,client") {}

  std::string write() {
    text_ = "sequenceDiagram\n";
    line(fmt::format("title {}", escaped(diagram_.name)));
    introduce(Lifeline::server);
    if (!diagram_.titles.client.empty()) introduce(Lifeline::client);
    for (const std::string& warning : diagram_.warnings) note_over(everybody_, warning);
    for (const LadderLine& one : diagram_.lines) write(one);
    conclude();
    return std::move(text_);
  }

 private:
  void line(const std::string& content) { text_ += "    " + content + '\n'; }

  void introduce(Lifeline side) {
    line(fmt::format("participant {} as {}", name_of(side), escaped(diagram_.titles.of(side))));
  }

  /// Without wrapping a long note leaves its box.
  void note_over(std::string_view who, const std::string& text) {
    line(fmt::format("Note over {}:wrap: {}", who, escaped(text)));
  }

  void write(const LadderLine& one) {
    switch (one.kind) {
      case LadderLine::Kind::step:
        note_over(everybody_, one.note.empty() ? one.text : one.text + " → " + one.note);
        break;
      case LadderLine::Kind::segment:
        line(fmt::format("{}->>{}: {}", name_of(one.from), name_of(one.to), escaped(one.text)));
        break;
      case LadderLine::Kind::states:
        write_state("left", Lifeline::server, one);
        write_state("right", Lifeline::client, one);
        break;
      case LadderLine::Kind::process:
      case LadderLine::Kind::call:
        note_over(name_of(one.from), one.text);
        break;
    }
    live(Lifeline::server, one.lives);
    live(Lifeline::client, one.lives);
  }

  void write_state(std::string_view where, Lifeline side, const LadderLine& one) {
    const std::string& state = one.states.of(side);
    if (!state.empty())
      line(fmt::format("Note {} of {}: {}", where, name_of(side), escaped(state)));
  }

  /// Begins and ends the bars.
  void live(Lifeline side, const ForBoth<Life>& lives) {
    const bool lived = lives_.of(side) == Life::process;
    const bool is_alive = lives.of(side) == Life::process;
    lives_.of(side) = lives.of(side);
    if (lived != is_alive)
      line(fmt::format("{} {}", is_alive ? "activate" : "deactivate", name_of(side)));
  }

  void conclude() {
    note_over(everybody_,
              fmt::format("{}: {}", kVerdicts.name(diagram_.verdict), diagram_.conclusion));
    for (const std::string& holder : diagram_.holders) note_over(everybody_, holder);
  }

  const LadderDiagram& diagram_;
  const std::string_view everybody_;
  ForBoth<Life> lives_;
  std::string text_;
};

}  // namespace

std::string mermaid(const Record& record) {
  const LadderDiagram diagram = ladder_diagram(record);
  return MermaidText(diagram).write();
}

}  // namespace timewait
