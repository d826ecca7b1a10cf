#include "harness/export/csv_export.h"

#include <fmt/format.h>

#include <array>

#include "harness/export/cell_account.h"
#include "harness/report/characters.h"

namespace timewait {
namespace {

/// A record, and what a matrix says of it.
struct CsvSource {
  const Record& record;
  const RunSummary& summary;
  const CellResult result = cell_result_of(record);
};

struct CsvColumn {
  std::string_view name;
  std::string (*text)(const CsvSource& source);
};

std::string predicted_of(const CsvSource& source) {
  const auto& predicted = source.record.predicted;
  return predicted && predicted->outcome ? predicted->outcome->text() : std::string();
}

std::string milliseconds_of(const CsvSource& source) {
  return fmt::format("{:.3f}",
                     std::chrono::duration<double, std::milli>(source.record.duration).count());
}

constexpr auto kColumns = std::to_array<CsvColumn>({
    {"theme", [](const CsvSource& source) { return source.result.theme; }},
    {"scenario", [](const CsvSource& source) { return source.result.scenario; }},
    {"cell", [](const CsvSource& source) { return cell_name(source.result.point); }},
    {"verdict",
     [](const CsvSource& source) { return std::string(kVerdicts.name(source.result.verdict)); }},
    {"outcome", [](const CsvSource& source) { return source.result.outcome; }},
    {"expected", [](const CsvSource& source) { return source.result.expected; }},
    {"predicted", predicted_of},
    {"promised", [](const CsvSource& source) { return source.result.promised; }},
    {"seen", [](const CsvSource& source) { return source.result.seen; }},
    {"measured", [](const CsvSource& source) { return source.result.measured; }},
    {"reason", [](const CsvSource& source) { return source.result.reason; }},
    {"explanation", [](const CsvSource& source) { return explanation_text(source.record); }},
    {"duration_ms", milliseconds_of},
    {"kernel", [](const CsvSource& source) { return source.summary.kernel; }},
    {"isolation", [](const CsvSource& source) { return source.record.isolation; }},
});

/// Spreadsheets calculate what begins with one of these, also behind blanks and line ends that they
/// drop. The sign alone, the name of a cell where nothing varies, is no formula.
bool is_formula(const std::string& text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  return start != std::string::npos && text.size() > 1 &&
         std::string_view("=+-@").find(text[start]) != std::string_view::npos;
}

/// An apostrophe before a formula is what people type to have it taken for text; it is added, so
/// whoever reads the file with a program takes one apostrophe off before =, +, - and @.
std::string field(const std::string& text) {
  std::string safe = (is_formula(text) ? "'" : "") + printable(text);
  if (safe.find_first_of("\",\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char character : safe) quoted.append(character == '"' ? 2 : 1, character);
  return quoted + '"';
}

/// A line of one field for each column.
template <typename Text>
std::string line(const Text& text) {
  std::string fields;
  for (const CsvColumn& column : kColumns) fields += field(text(column)) + ',';
  fields.pop_back();
  return fields + "\r\n";
}

}  // namespace

void write_csv(const RunResults& results, const TextStyle&, const Sink& sink) {
  sink(line([](const CsvColumn& column) { return std::string(column.name); }));
  results.for_each([&](const Record& record) {
    const CsvSource source{.record = record, .summary = results.summary};
    sink(line([&](const CsvColumn& column) { return column.text(source); }));
  });
}

}  // namespace timewait
