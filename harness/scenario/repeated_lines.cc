#include "harness/scenario/repeated_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "harness/base/number.h"

namespace timewait {
namespace {

constexpr int kMostTimes = 1000;
constexpr std::size_t kMostSteps = 2000;

bool begins_repeat(const WordedLine& line) { return line.tokens.front().text == "repeat"; }

bool ends_repeat(const WordedLine& line) {
  return line.tokens.size() == 1 && line.tokens.front().text == "end";
}

bool concerns_repeat(const WordedLine& line) { return begins_repeat(line) || ends_repeat(line); }

[[noreturn]] void fail(const SourceText& source, const WordedLine& line, std::size_t token,
                       const std::string& message) {
  ScriptLine{.source = source, .number = line.number, .tokens = line.tokens}.fail(token, message);
}

long long times_of(const SourceText& source, const WordedLine& line) {
  const auto& tokens = line.tokens;
  const auto times = tokens.size() < 2 ? std::nullopt : parse_number(tokens[1].text, 1, kMostTimes);
  if (!times)
    fail(source, line, 1, fmt::format("write: repeat N times, with N from 1 to {}", kMostTimes));
  if (tokens.size() != 3 || tokens[2].text != "times")
    fail(source, line, 2, "write: repeat N times");
  return *times;
}

std::string replaced(std::string text, const std::string& number) {
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + number.size()))
    text.replace(at, 1, number);
  return text;
}

void add(const SourceText& source, WordedLine line, std::vector<WordedLine>& all) {
  if (all.size() == kMostSteps)
    fail(source, line, 0, fmt::format("a script has at most {} steps", kMostSteps));
  all.push_back(std::move(line));
}

void write_out(const SourceText& source, std::span<const WordedLine> lines, long long times,
               std::vector<WordedLine>& all) {
  for (long long i = 1; i <= times; ++i)
    for (WordedLine line : lines) {
      for (Token& token : line.tokens) token.text = replaced(token.text, std::to_string(i));
      add(source, std::move(line), all);
    }
}

}  // namespace

std::vector<WordedLine> write_out_repeats(const SourceText& source, std::vector<WordedLine> lines) {
  if (std::ranges::none_of(lines, concerns_repeat)) return lines;
  std::vector<WordedLine> all;
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (ends_repeat(*line)) fail(source, *line, 0, "nothing is repeated here that could end");
    if (!begins_repeat(*line)) {
      add(source, *line, all);
      continue;
    }
    const long long times = times_of(source, *line);
    const auto end = std::find_if(line + 1, lines.end(), ends_repeat);
    if (end == lines.end()) fail(source, *line, 0, "no line \"end\" ends what is repeated here");
    if (const auto nested = std::find_if(line + 1, end, begins_repeat); nested != end)
      fail(source, *nested, 0, "what is repeated cannot repeat something itself");
    write_out(source, {line + 1, end}, times, all);
    line = end;
  }
  return all;
}

}  // namespace timewait
