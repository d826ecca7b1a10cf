#include "harness/cli/record_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/base/error.h"
#include "harness/base/shell_word.h"
#include "harness/base/unique_fd.h"
#include "harness/base/whole_file.h"
#include "harness/run/record_json.h"
#include "harness/run/time_covered.h"

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

/// What `read` makes of the text of a file. Throws BadInput with its path.
template <typename Read>
auto understood(const std::string& path, const std::string& text, const Read& read) {
  try {
    return read(text);
  } catch (const Error& error) {
    throw BadInput(fmt::format("{}: {}", path, error.what()));
  }
}

template <typename Read>
auto read_from(const std::string& path, const Read& read) {
  std::ostringstream text;
  text << open_file(path).rdbuf();
  return understood(path, text.str(), read);
}

constexpr const char* kRunFile = "/run.json";
constexpr const char* kPlanFile = "/plan.json";

/// False also where the folder may not be entered: whoever reads the file then says so.
bool is_there(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

[[noreturn]] void refuse_to_go_on(const std::string& folder, const std::string& why) {
  throw BadInput(
      fmt::format("there is no run to go on with in {}: {}; name a folder that `timewait run "
                  "--out` began to fill",
                  folder, why));
}

}  // namespace

bool RecordFolder::is_whole() const { return is_there(path_ + kRunFile); }

bool RecordFolder::is_part() const { return !is_whole() && is_there(path_ + kPlanFile); }

RunPlan RecordFolder::own_plan() const {
  const std::string path = path_ + kPlanFile;
  std::error_code ignored;
  // What is looked at is what is read: whoever owns the folder may put another file there
  // meanwhile.
  const UniqueFd plan(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  const int error = errno;
  if (!plan && std::filesystem::is_symlink(std::filesystem::symlink_status(path, ignored)))
    refuse_to_go_on(path_, "its plan.json is a link");
  if (!plan && error == ENOENT && is_there(path_)) refuse_to_go_on(path_, "it has no plan.json");
  if (!plan) refuse_to_go_on(path_, std::strerror(error));
  struct stat file {};
  check(::fstat(plan.get(), &file), fmt::format("fstat({})", path));
  if (!S_ISREG(file.st_mode)) refuse_to_go_on(path_, "its plan.json is no file");
  if (file.st_uid != ::geteuid())
    throw BadInput(
        fmt::format("{} belongs to another user, and what it names would run as you; begin a new "
                    "run",
                    path));
  return understood(path, read_whole(plan.get(), path), read_run_plan);
}

RunSummary RecordFolder::summary() const {
  if (is_part()) return summary_of_part();
  return read_from(path_ + kRunFile, read_run_summary);
}

RunSummary RecordFolder::summary_of_part() const {
  const RunPlan whole = read_from(path_ + kPlanFile, read_run_plan);
  RunSummary summary = whole.run;
  TimeCovered time;
  for_each([&](const Record& record) {
    ++summary.cells;
    time.add(record);
    if (summary.capture_trouble.empty()) summary.capture_trouble = record.capture_trouble;
  });
  summary.not_run = whole.cells - summary.cells;
  summary.wall_time = time.sum();
  if (!for_each_text([](const std::string&, int) {}))
    spdlog::warn("{}: its last line was cut off and is left out", records_path());
  if (summary.not_run == 0) return summary;
  spdlog::warn("{} has {} of the {} cells of its run; to run the others: timewait run --resume {}",
               path_, summary.cells, whole.cells, shell_word(path_));
  return summary;
}

void RecordFolder::for_each(const std::function<void(const Record&)>& take) const {
  for_each_line([&](const std::string&, const Record& record) { take(record); });
}

void RecordFolder::for_each_line(
    const std::function<void(const std::string&, const Record&)>& take) const {
  for_each_text([&](const std::string& line, int number) {
    try {
      take(line, judged(line));
    } catch (const Error& error) {
      throw BadInput(fmt::format("{}:{}: {}", records_path(), number, error.what()));
    }
  });
}

/// False when a last line was left out because it was cut off.
bool RecordFolder::for_each_text(
    const std::function<void(const std::string& line, int number)>& take) const {
  const bool may_be_cut_off = is_part();
  std::ifstream file = open_file(records_path());
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    if (may_be_cut_off && file.eof()) return false;
    take(line, ++number);
  }
  return true;
}

void RecordFolder::expect_whole(const RunSummary& summary, int records) const {
  if (records != summary.cells)
    throw BadInput(fmt::format(
        "{} has {} records, but run.json speaks of {}: {}", records_path(), records, summary.cells,
        records < summary.cells ? "the run was cut short" : "they are not of one run"));
}

}  // namespace timewait
