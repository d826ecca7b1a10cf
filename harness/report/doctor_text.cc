#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/report/characters.h"
#include "harness/report/doctor_report.h"
#include "harness/report/machine_advice.h"
#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

constexpr int kNameWidth = 26;
constexpr int kTextColumn = 4 + kNameWidth + 2;

/// What an ability is for.
std::string_view purpose_of(Ability ability) {
  switch (ability) {
    case Ability::user_namespace:
      return "programs that are not the machine's root";
    case Ability::root_rights:
      return "over users, ports and networks";
    case Ability::other_users:
      return "sockets of different users";
    case Ability::ipv6:
      return "on the loopback";
    case Ability::bound_sockets:
      return "in the kernel's socket table";
    case Ability::options_of_programs:
      return "read from their sockets";
    case Ability::capture:
      return "of segments: for evidence, --trace and --pcap";
    case Ability::raw_segments:
      return "forged resets, replayed FINs";
    case Ability::destruction:
      return "as ss -K does";
    case Ability::sysctls:
      return "of the sandbox alone";
    case Ability::devices:
      return "and routes of the sandbox alone";
  }
  return {};
}

class DoctorText {
 public:
  explicit DoctorText(const DoctorReport& report)
      : report_(report), style_(report.terminal.style) {}

  std::string text() {
    text_ = fmt::format("timewait {} on Linux {}, {}, {} ticks a second; {} cores, {} open files\n",
                        report_.version, report_.kernel, report_.architecture, report_.hz,
                        report_.cores, report_.open_files);
    isolation();
    if (report_.isolation.rung) abilities();
    cells();
    environment();
    text_ += fmt::format(
        "\nfor a bug report\n"
        "  the machine:  timewait doctor --format json\n"
        "  the cell:     timewait run NAME/CELL --evidence full --format json\n");
    return std::move(text_);
  }

 private:
  void heading(std::string_view text) {
    text_ += fmt::format("\n{}\n", paint(style_, Colour::bold, text));
  }

  /// `text` in the lines that fit behind `column`.
  std::string at_column(int column, const std::string& text) const {
    std::string lines = wrapped(text, style_.width - column, 0);
    const std::string line_break = "\n" + std::string(static_cast<std::size_t>(column), ' ');
    for (auto at = lines.find('\n'); at != std::string::npos; at = lines.find('\n', at + 1))
      lines.replace(at, 1, line_break);
    return lines;
  }

  void line(Verdict mark, std::string_view name, const std::string& text) {
    text_ += fmt::format("  {} {}  {}\n", verdict_mark(mark, style_), padded(name, kNameWidth),
                         at_column(kTextColumn, in_one_line(text)));
  }

  void advise(const std::vector<std::string>& advice) {
    const std::string_view arrow = style_.unicode ? "→" : "->";
    for (const std::string& one : advice)
      text_ += fmt::format("{:{}}{} {}\n", "", kTextColumn, arrow,
                           at_column(kTextColumn + display_width(arrow) + 1, one));
  }

  void isolation() {
    heading("isolation, best first");
    for (const RungFinding& finding : rungs_of(report_.isolation)) {
      const bool is_refused = finding.state == RungState::refused;
      const std::string_view state = kRungStates.name(finding.state);
      line(finding.state == RungState::used ? Verdict::pass
           : is_refused                     ? Verdict::fail
                                            : Verdict::skip,
           kIsolations.name(finding.rung),
           is_refused ? fmt::format("{}: {}", state, finding.refusal) : std::string(state));
      if (is_refused) advise(advice_on(finding.rung, report_.restrictions));
    }
  }

  void abilities() {
    heading("what cells may need");
    for (const auto& [ability, name] : kAbilities.rows()) {
      const bool works = report_.probe.can(ability);
      line(works ? Verdict::pass : Verdict::skip, name,
           works ? std::string(purpose_of(ability)) : report_.probe.refusals.at(ability));
      if (!works) advise(report_.advice(ability));
    }
  }

  void cells() {
    heading("scenarios and programs");
    if (!report_.scenario_trouble.empty())
      line(Verdict::skip, "programs", "not looked for: it is not known which");
    else if (report_.missing_programs.empty())
      line(Verdict::pass, "programs", "all are there");
    else
      line(Verdict::fail, "programs",
           fmt::format("not found: {}; build all, or name their folder with --programs",
                       fmt::join(report_.missing_programs, ", ")));
    if (!report_.scenario_trouble.empty()) {
      line(Verdict::fail, "scenarios", "cannot be read:");
      text_ += terminal_text(report_.scenario_trouble) + "\n";
      return;
    }
    line(Verdict::pass, "scenarios",
         fmt::format("{} with {} cells", report_.scenarios, report_.cells));
    if (report_.isolation.rung) skips();
  }

  void skips() {
    if (report_.skipped.empty()) return line(Verdict::pass, "skipped here", "none");
    for (const SkippedCells& one : report_.skipped)
      line(
          Verdict::skip, "skipped here",
          fmt::format("{} {} of {}: {}", one.cells.size(), one.cells.size() == 1 ? "cell" : "cells",
                      fmt::join(scenarios_of(one), ", "), one.reason));
  }

  static std::vector<std::string> scenarios_of(const SkippedCells& skipped) {
    std::vector<std::string> names;
    for (const std::string& cell : skipped.cells)
      if (std::string name = cell.substr(0, cell.find('/')); names.empty() || names.back() != name)
        names.push_back(std::move(name));
    return names;
  }

  void environment() {
    heading("environment");
    if (report_.reference.empty())
      line(Verdict::skip, "reference",
           "there is none of this kernel here; scripts/reference makes one");
    else
      line(Verdict::pass, "reference", report_.reference);
    const Terminal& terminal = report_.terminal;
    line(Verdict::pass, "output",
         fmt::format("{}, {} columns, {}, {}; language {}",
                     terminal.is_terminal ? "a terminal" : "no terminal", style_.width,
                     style_.colour ? "colour" : "no colour", terminal.locale,
                     kLanguages.name(style_.language)));
  }

  const DoctorReport& report_;
  const TextStyle& style_;
  std::string text_;
};

}  // namespace

std::string doctor_text(const DoctorReport& report) { return DoctorText(report).text(); }

}  // namespace timewait
