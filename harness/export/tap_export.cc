#include "harness/export/tap_export.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/export/cell_account.h"
#include "harness/report/characters.h"

namespace timewait {
namespace {

constexpr std::string_view kBlockIndent = "  ";
constexpr std::string_view kScalarIndent = "    ";

/// Text in which `#` begins no directive.
std::string description(const std::string& text) {
  std::string escaped;
  for (const char character : printable(in_one_line(text))) {
    if (character == '#' || character == '\\') escaped += '\\';
    escaped += character;
  }
  return escaped;
}

/// A scalar in double quotes, which YAML has from JSON.
std::string quoted(const std::string& text) { return nlohmann::json(printable(text)).dump(); }

std::string entry(std::string_view key, const std::string& value) {
  return fmt::format("{}{}: {}\n", kBlockIndent, key, value);
}

/// A scalar of several lines. Perl's reader takes a line for the end of it that is not indented, so
/// that empty ones are, too.
std::string block_scalar(std::string_view key, std::string_view text) {
  std::string block = entry(key, "|");
  while (!text.empty()) {
    const auto end = text.find('\n');
    block.append(kScalarIndent).append(text.substr(0, end)).append("\n");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return block;
}

/// What a test says that is not ok.
std::string diagnostic(const Record& record) {
  std::string block = fmt::format("{}---\n", kBlockIndent);
  block += entry("message", quoted(record.reason));
  block += entry("verdict", std::string(kVerdicts.name(record.verdict)));
  block += entry("expected", quoted(record.expected.text()));
  block += entry("got", record.outcome ? quoted(record.outcome->text()) : "~");
  const std::string explanation = explanation_text(record);
  if (!explanation.empty()) block += block_scalar("explanation", explanation);
  block += block_scalar("ladder", ladder_text(record));
  return block + fmt::format("{}...\n", kBlockIndent);
}

std::string test_line(const Record& record, int number) {
  const bool is_ok = !has_account(record);
  std::string line = fmt::format("{} {} - {}", is_ok ? "ok" : "not ok", number,
                                 description(full_name(record.scenario, record.point)));
  if (record.verdict == Verdict::skip) line += " # SKIP " + description(record.reason);
  return line + '\n';
}

}  // namespace

void write_tap(const RunResults& results, const TextStyle&, const Sink& sink) {
  const RunSummary& summary = results.summary;
  const int tests = results.matrix.counts().all();
  sink(fmt::format("TAP version 13\n1..{}\n", tests + summary.not_run));
  sink("# " +
       printable(in_one_line(fmt::format("timewait {} on Linux {}, {}", summary.version,
                                         summary.kernel, summary.isolation))) +
       '\n');
  int number = 0;
  results.for_each([&](const Record& record) {
    sink(test_line(record, ++number));
    if (has_account(record)) sink(diagnostic(record));
  });
  if (summary.not_run > 0)
    sink(
        fmt::format("Bail out!  The run was interrupted: {} tests are missing\n", summary.not_run));
}

}  // namespace timewait
