#include "harness/export/cell_account.h"

#include <filesystem>

#include "harness/report/characters.h"
#include "harness/report/ladder.h"

namespace timewait {
namespace {

constexpr TextStyle kSameEverywhere{.colour = false, .unicode = true, .width = 100};

}  // namespace

std::string scenario_file(const std::string& theme, const std::string& scenario) {
  return (std::filesystem::path("scenarios") / theme / (scenario + ".toml")).string();
}

std::string full_name(const std::string& scenario, const Point& point) {
  return scenario + "/" + cell_name(point);
}

std::string explanation_text(const Record& record) {
  return record.predicted ? printable(in_one_line(text(record.predicted->why, Language::en)))
                          : std::string();
}

bool has_account(const Record& record) {
  return record.verdict != Verdict::pass && record.verdict != Verdict::skip;
}

std::string ladder_text(const Record& record) {
  const std::string text = printable(ladder(record, kSameEverywhere));
  return text.substr(std::min(text.find_first_not_of(" \n"), text.size()));
}

std::string account_of(const Record& record) {
  const std::string explanation = explanation_text(record);
  return (explanation.empty() ? "" : explanation + "\n\n") + ladder_text(record);
}

}  // namespace timewait
