#pragma once

#include <map>
#include <string>

#include "harness/scenario/claim.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// Where the Chinese texts of scenarios and claims are, in the folder of the scenarios.
inline constexpr const char* kChineseFile = "zh.toml";

/// What a scenario says for people, in another language.
struct ScenarioTexts {
  std::string title;
  std::string teaches;
};

/// The same for a claim.
struct ClaimTexts {
  std::string from;
  std::string says;
  std::string truth;
  std::string condition;  ///< empty where the claim has none
};

/// What the themes, scenarios and claims say in another language. English is what their own files
/// say; it stands for whatever is missing here.
struct Translation {
  std::map<std::string, std::string> themes;       ///< by folder
  std::map<std::string, ScenarioTexts> scenarios;  ///< by name
  std::map<std::string, ClaimTexts> claims;        ///< by id

  /// The heading of a theme, which in English is its folder with blanks for dashes.
  std::string theme(const std::string& folder) const;

  /// The title of the scenario called `name`, or `english`.
  std::string title(const std::string& name, const std::string& english) const;

  /// What a scenario says, in English where there is no translation.
  ScenarioTexts texts_of(const Scenario& scenario) const;

  /// The claim with all its texts in this language.
  Claim translated(Claim claim) const;
};

}  // namespace timewait
