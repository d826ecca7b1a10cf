#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "harness/cli/locations.h"
#include "harness/report/text_style.h"
#include "harness/scenario/translation.h"

namespace timewait {

/// "en" or "zh", as the environment asks.
std::string default_language();

/// Adds --lang to a command; `language` must live until its arguments are parsed.
void add_language_option(CLI::App& command, std::string& language);

/// The texts of scenarios and claims in a language; none for English, and where the folder of the
/// scenarios has none. Throws ScenarioError where they do not fit the scenarios and claims there.
Translation load_translation(const Locations& locations, Language language);

/// How standard output is written to, in the language called `language`.
class OutputStyle {
 public:
  OutputStyle(const std::string& language, const Locations& locations);
  OutputStyle(const OutputStyle&) = delete;
  OutputStyle& operator=(const OutputStyle&) = delete;
  ~OutputStyle() = default;

  const TextStyle& text() const { return style_; }
  const Translation& translation() const { return translation_; }

 private:
  Translation translation_;
  TextStyle style_;
};

}  // namespace timewait
