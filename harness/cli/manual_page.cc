#include "harness/cli/manual_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace timewait {

/// The text of manual_page.man.
std::string_view manual_page_template();

namespace {

/// `text` as roff prints it literally; what stands between backticks becomes bold.
std::string roff(std::string_view text) {
  std::string escaped;
  bool is_bold = false;
  for (const char letter : text) {
    if (letter == '`') {
      is_bold = !is_bold;
      escaped += is_bold ? "\\fB" : "\\fP";
    } else if (letter == '\\') {
      escaped += "\\e";
    } else if (letter == '-') {
      escaped += "\\-";
    } else {
      escaped += letter;
    }
  }
  return escaped;
}

/// A sentence: a capital first, a full stop at its end.
std::string sentence(std::string text) {
  if (text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 32);
  return text + ".";
}

/// Breaks a paragraph into lines as short as manual pages should have them; roff fills them again.
std::string wrapped(std::string_view paragraph) {
  constexpr std::size_t kWidth = 79;
  std::string lines;
  std::size_t width = 0;
  for (std::size_t at = 0; at < paragraph.size();) {
    const std::size_t end = std::min(paragraph.find(' ', at), paragraph.size());
    const std::string_view word = paragraph.substr(at, end - at);
    const bool fits = width + 1 + word.size() <= kWidth;
    if (width > 0) lines += fits ? ' ' : '\n';
    // A line that begins so would be a request.
    if ((width == 0 || !fits) && (word.starts_with('.') || word.starts_with('\''))) lines += "\\&";
    lines += word;
    width = fits ? width + 1 + word.size() : word.size();
    at = end + 1;
  }
  return lines;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fP", roff(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fP", roff(text)); }

/// "-h, --help", "--out DIR".
std::string heading(const ArgumentNode& argument) {
  std::string all;
  for (const std::string& name : argument.names) all += (all.empty() ? "" : ", ") + bold(name);
  if (argument.value.empty()) return all;
  if (!all.empty()) all += " ";
  all += italic(argument.value);
  return argument.repeats ? all + " ..." : all;
}

/// "From 1 to 1000." for "INT in [1 - 1000]".
std::string range_words(const std::string& range) {
  const std::size_t start = range.find(" in [");
  const std::size_t middle = range.find(" - ");
  if (start == std::string::npos || middle == std::string::npos) return "Must be " + range + ".";
  const std::size_t from = start + std::string_view(" in [").size();
  const std::size_t to = middle + std::string_view(" - ").size();
  return fmt::format("From {} to {}.", range.substr(from, middle - from),
                     range.substr(to, range.size() - 1 - to));
}

/// The description, and what the values may be.
std::string account(const ArgumentNode& argument) {
  std::string all = sentence(roff(argument.description));
  if (!argument.choices.empty()) {
    std::string words;
    for (const std::string& choice : argument.choices)
      words += (words.empty() ? "" : ", ") + bold(choice);
    all += fmt::format(" One of {}.", words);
  }
  if (!argument.range.empty()) all += " " + roff(range_words(argument.range));
  if (!argument.default_value.empty())
    all += fmt::format(" Default: {}.", bold(argument.default_value));
  return wrapped(all);
}

std::string entries(const std::vector<ArgumentNode>& arguments) {
  std::string all;
  for (const ArgumentNode& argument : arguments)
    all += fmt::format(".TP\n{}\n{}\n", heading(argument), account(argument));
  return all;
}

/// `timewait trace [OPTION ...] DIR NAME`
std::string synopsis(const CommandNode& program, const CommandNode& command) {
  std::string all =
      fmt::format("{} {} [{} ...]", bold(program.name), bold(command.name), italic("OPTION"));
  for (const ArgumentNode& argument : command.arguments)
    all += argument.is_required ? " " + heading(argument) : fmt::format(" [{}]", heading(argument));
  return all;
}

std::string section(const CommandNode& program, const CommandNode& command) {
  return fmt::format(".SS {}\n{}\n.PP\n{}\n{}{}", roff(command.name),
                     wrapped(synopsis(program, command)),
                     wrapped(sentence(roff(command.description))), entries(command.arguments),
                     entries(command.options));
}

void put(std::string& text, std::string_view place, const std::string& what) {
  for (std::size_t at = text.find(place); at != std::string::npos;
       at = text.find(place, at + what.size()))
    text.replace(at, place.size(), what);
}

}  // namespace

std::string manual_page(const CommandNode& program) {
  std::string commands;
  for (const CommandNode& command : program.commands) commands += section(program, command);
  std::string page(manual_page_template());
  put(page, "@VERSION@", TIMEWAIT_VERSION);
  put(page, "@DATE@", TIMEWAIT_RELEASE_DATE);
  put(page, "@OPTIONS@\n", entries(program.options));
  put(page, "@COMMANDS@\n", commands);
  return page;
}

}  // namespace timewait
