#include "harness/cli/record_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "harness/base/error.h"
#include "harness/run/record_json.h"

namespace timewait {
namespace {

std::ifstream open_file(const std::string& path) {
  std::ifstream file(path);
  if (!file)
    throw BadInput(fmt::format("cannot read {}: {}; name a folder that `timewait run --out` wrote",
                               path, std::strerror(errno)));
  return file;
}

Record judged(const std::string& line) {
  Record record = read_record(line);
  judge_again(record);
  return record;
}

}  // namespace

RunSummary RecordFolder::summary() const {
  const std::string path = path_ + "/run.json";
  std::ostringstream text;
  text << open_file(path).rdbuf();
  try {
    return read_run_summary(text.str());
  } catch (const Error& error) {
    throw BadInput(fmt::format("{}: {}", path, error.what()));
  }
}

void RecordFolder::for_each(const std::function<void(const Record&)>& take) const {
  for_each_line([&](const std::string&, const Record& record) { take(record); });
}

void RecordFolder::for_each_line(
    const std::function<void(const std::string&, const Record&)>& take) const {
  std::ifstream file = open_file(records_path());
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    try {
      take(line, judged(line));
    } catch (const Error& error) {
      throw BadInput(fmt::format("{}:{}: {}", records_path(), number, error.what()));
    }
  }
}

void RecordFolder::expect_whole(const RunSummary& summary, int records) const {
  if (records != summary.cells)
    throw BadInput(fmt::format(
        "{} has {} records, but run.json speaks of {}: {}", records_path(), records, summary.cells,
        records < summary.cells ? "the run was cut short" : "they are not of one run"));
}

}  // namespace timewait
