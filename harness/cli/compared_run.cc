#include "harness/cli/compared_run.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/base/error.h"
#include "harness/cli/record_folder.h"
#include "harness/report/reference_json.h"

namespace timewait {
namespace {

constexpr const char* kReferenceFile = "reference.jsonl";
constexpr const char* kFactsFile = "facts.json";

std::ifstream open_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw BadInput(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  return file;
}

std::vector<ReferenceCell> read_reference(const std::string& path) {
  std::ifstream file = open_file(path);
  std::vector<ReferenceCell> cells;
  std::set<std::string> names;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    try {
      cells.push_back(read_reference_cell(line));
    } catch (const Error& error) {
      throw BadInput(fmt::format("{}:{}: {}", path, number, error.what()));
    }
    if (!names.insert(cells.back().name()).second)
      throw BadInput(fmt::format("{}:{}: {} is there twice", path, number, cells.back().name()));
  }
  return cells;
}

std::optional<RunFacts> facts_beside(const std::filesystem::path& reference) {
  const auto path = reference.parent_path() / kFactsFile;
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::ostringstream text;
  text << open_file(path).rdbuf();
  try {
    return read_run_facts(text.str());
  } catch (const Error& error) {
    throw BadInput(fmt::format("{}: {}", path.string(), error.what()));
  }
}

ComparedRun run_of_records(const std::string& path) {
  const RecordFolder folder(path);
  const RunSummary summary = folder.summary();
  ReferenceCells cells;
  int records = 0;
  folder.for_each([&](const Record& record) {
    cells.add(record);
    ++records;
  });
  folder.expect_whole(summary, records);
  return {.name = path, .facts = facts_of(summary), .cells = cells.cells()};
}

}  // namespace

ComparedRun load_compared_run(const std::string& path) {
  const std::filesystem::path given(path);
  std::error_code error;
  if (!std::filesystem::exists(given, error) && !error)
    throw BadInput(fmt::format("cannot read {}: there is no such file or folder", path));
  const bool is_folder = std::filesystem::is_directory(given, error);
  const bool has_records = is_folder && std::filesystem::exists(given / "records.jsonl", error);
  if (has_records) return run_of_records(path);
  if (error) throw BadInput(fmt::format("cannot read {}: {}", path, error.message()));
  const auto reference = is_folder ? given / kReferenceFile : given;
  if (!std::filesystem::is_regular_file(reference))
    throw BadInput(
        fmt::format("{} has neither records.jsonl nor {}; name a folder that `timewait run --out` "
                    "wrote, or a reference",
                    path, kReferenceFile));
  return {
      .name = path, .facts = facts_beside(reference), .cells = read_reference(reference.string())};
}

}  // namespace timewait
