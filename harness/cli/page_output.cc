#include "harness/cli/page_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/cli/output_style.h"
#include "harness/page/html_page.h"
#include "harness/run/record_store.h"
#include "harness/scenario/claim_reader.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnly = 0600;

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw BadInput(fmt::format("cannot write the page {}: {}", path, why));
}

/// The errno with which no file can be made in `folder`, else 0. The file that is tried has no
/// name, so that none stays when we are killed; where there are no such files it has one for a
/// moment.
int error_of_a_file_in(const fs::path& folder) {
  const UniqueFd nameless(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, kOwnerOnly));
  if (nameless) return 0;
  if (errno != EOPNOTSUPP) return errno;
  std::string name = folder / "page.XXXXXX";
  const UniqueFd named(::mkstemp(name.data()));
  if (!named) return errno;
  ::unlink(name.c_str());
  return 0;
}

/// Makes the folder of `path`, as --out does with its own, and sees that a file can be made there:
/// nobody wants to be told after a long run. A page replaces what is there, so its name must be
/// that of a page, not of records or a device.
void make_room(const std::string& path) {
  if (!path.ends_with(".html")) refuse(path, "its name must end with .html");
  std::error_code error;
  if (fs::is_directory(path, error)) refuse(path, "it is a folder; name a file");
  fs::create_directories(fs::absolute(path).parent_path(), error);
  if (error) refuse(path, error.message());
  if (const int trouble = error_of_a_file_in(fs::absolute(path).parent_path()))
    refuse(path, std::strerror(trouble));
}

PageScenario described(const Scenario& scenario, const std::string& file) {
  return {
      .title = scenario.title, .teaches = scenario.teaches, .from = scenario.from, .file = file};
}

void add_folder(const std::string& folder, PageSources& sources) {
  const std::vector<Scenario> scenarios = read_scenario_folder(folder);
  for (const Scenario& one : scenarios)
    sources.scenarios[one.name] =
        described(one, fmt::format("scenarios/{}/{}.toml", one.theme, one.name));
  const std::string claims = folder + "/" + kClaimsFile;
  if (fs::exists(claims)) sources.claims = read_claims(SourceText::of_file(claims), scenarios);
}

}  // namespace

void add_page_option(CLI::App& command, std::string& path) {
  command.add_option("--html", path, "also write a page for the browser, all in one file")
      ->type_name("FILE")
      ->take_last();
}

PageOutput::PageOutput(std::string path, const Locations& locations,
                       const std::vector<std::string>& names)
    : path_(std::move(path)) {
  if (path_.empty()) return;
  make_room(path_);
  add_folder(locations.scenarios, sources_);
  sources_.chinese = load_translation(locations, Language::zh);
  for (const std::string& name : names)
    if (name.ends_with(".toml")) {
      const Scenario scenario = read_scenario_file(name);
      sources_.scenarios[scenario.name] = described(scenario, "");
    }
}

void PageOutput::write(const RunResults& results) const {
  if (path_.empty()) return;
  const std::string page = html_page(results, sources_);
  try {
    replace_file(path_, page);
  } catch (const SystemError& error) {
    throw Error(fmt::format("cannot write the page: {}", error.what()));
  }
  spdlog::info("the page is {}", path_);
}

}  // namespace timewait
