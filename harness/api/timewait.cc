#include "timewait/timewait.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/api/started_program.h"

namespace timewait {
inline namespace v1 {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kCannotRunHere = 77;

constexpr std::array<std::pair<Verdict, std::string_view>, 5> kVerdictNames{{
    {Verdict::pass, "pass"},
    {Verdict::fail, "fail"},
    {Verdict::inconclusive, "inconclusive"},
    {Verdict::skip, "skip"},
    {Verdict::error, "error"},
}};

Verdict verdict_called(const std::string& name) {
  for (const auto& [verdict, its_name] : kVerdictNames)
    if (its_name == name) return verdict;
  throw RunError("timewait knows a verdict \"" + name + "\" and this library does not");
}

/// The text of a field that may be null.
std::string text_of(const Json& field) {
  return field.is_null() ? std::string() : field.get<std::string>();
}

Result read_result(const Json& record) {
  Result result{.scenario = record.at("scenario"),
                .cell = {},
                .verdict = verdict_called(record.at("verdict")),
                .reason = record.at("reason"),
                .outcome = text_of(record.at("outcome")),
                .expected = text_of(record.at("expected")),
                .predicted = text_of(record.at("predicted")),
                .states = {},
                .sockets = {},
                .record = record.dump()};
  for (const auto& [variation, value] : record.at("cell").items())
    result.cell.emplace_back(variation, value.get<std::string>());
  const Json& precondition = record.at("precondition");
  for (const Json& state : precondition.at("states"))
    result.states.emplace_back(state.at("actor"), state.at("seen"));
  for (const Json& entry : precondition.at("table"))
    result.sockets.push_back({.protocol = entry.at("protocol"),
                              .state = entry.at("state"),
                              .local = entry.at("local"),
                              .remote = entry.at("remote")});
  return result;
}

std::vector<Result> read_results(const std::string& output) try {
  const Json printed = Json::parse(output);
  std::vector<Result> results;
  for (const Json& record : printed.at("records")) results.push_back(read_result(record));
  return results;
} catch (const Json::exception& error) {
  throw RunError(std::string("timewait printed what this library cannot read: ") + error.what());
}

/// Without the end of the last line, and without the name that a command line puts first.
std::string message(std::string text) {
  constexpr std::string_view kName = "timewait: ";
  while (text.ends_with('\n')) text.pop_back();
  return text.starts_with(kName) ? text.substr(kName.size()) : text;
}

/// A file that goes with its folder.
class TemporaryScenario {
 public:
  explicit TemporaryScenario(std::string_view text)
      : folder_((std::filesystem::temp_directory_path() / "timewait-XXXXXX").string()) {
    if (::mkdtemp(folder_.data()) == nullptr)
      throw RunError("cannot make the folder " + folder_ + ": " + std::strerror(errno));
    std::ofstream file(path());
    file << text << std::flush;
    if (!file) throw RunError("cannot write " + path());
  }
  TemporaryScenario(const TemporaryScenario&) = delete;
  TemporaryScenario& operator=(const TemporaryScenario&) = delete;
  ~TemporaryScenario() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path() const { return folder_ + "/scenario.toml"; }

  /// `text` without our folder, which says nothing to whoever reads it.
  std::string without_folder(std::string text) const {
    const std::string start = folder_ + "/";
    for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at))
      text.erase(at, start.size());
    return text;
  }

 private:
  std::string folder_;
};

}  // namespace

std::string_view name_of(Verdict verdict) {
  const auto* found =
      std::ranges::find(kVerdictNames, verdict, &decltype(kVerdictNames)::value_type::first);
  return found == kVerdictNames.end() ? "?" : found->second;
}

std::string Result::state_of(std::string_view actor) const {
  for (const auto& [its_name, seen] : states)
    if (its_name == actor) return seen;
  return {};
}

std::vector<Result> run(const std::string& what, const Options& options) {
  std::vector<std::string> command{options.program, "run", what, "--no-out", "--format", "json"};
  command.insert(command.end(), options.arguments.begin(), options.arguments.end());
  const ProgramOutput ended = run_program(command);
  if (ended.output.starts_with('{')) return read_results(ended.output);
  if (ended.status == kCannotRunHere) throw NoSandbox(message(ended.errors));
  throw RunError(ended.errors.empty()
                     ? options.program + " ended with " + std::to_string(ended.status)
                     : message(ended.errors));
}

std::vector<Result> run_text(std::string_view text, const Options& options) {
  const TemporaryScenario file(text);
  try {
    return run(file.path(), options);
  } catch (const NoSandbox&) {
    throw;
  } catch (const RunError& error) {
    throw RunError(file.without_folder(error.what()));
  }
}

}  // namespace v1
}  // namespace timewait
