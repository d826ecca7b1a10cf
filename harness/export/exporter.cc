#include "harness/export/exporter.h"

#include <algorithm>
#include <array>

#include "harness/export/csv_export.h"
#include "harness/export/json_export.h"
#include "harness/export/junit_export.h"
#include "harness/export/markdown_export.h"
#include "harness/export/reference_export.h"
#include "harness/export/tap_export.h"
#include "harness/export/text_export.h"

namespace timewait {
namespace {

constexpr std::array kExporters{
    Exporter{"text", "the matrix for a terminal", false, write_text},
    Exporter{"json", "one object with all records", true, write_json},
    Exporter{"markdown", "tables for a pull request or a job summary", true, write_markdown},
    Exporter{"csv", "a row for each cell, for spreadsheets", true, write_csv},
    Exporter{"junit", "test results in XML, for CI systems", true, write_junit},
    Exporter{"tap", "the Test Anything Protocol, for prove", true, write_tap},
    Exporter{"reference", "what is the same on each run, a line a cell", true, write_reference},
    Exporter{"facts", "what the run was made on", false, write_facts},
};

}  // namespace

std::span<const Exporter> exporters() { return kExporters; }

const Exporter& find_exporter(std::string_view name) {
  return *std::ranges::find(kExporters, name, &Exporter::name);
}

std::vector<std::string> exporter_names() {
  std::vector<std::string> names;
  for (const Exporter& one : kExporters) names.emplace_back(one.name);
  return names;
}

}  // namespace timewait
