#include "harness/fuzz/scenario_cells.h"

#include <algorithm>

#include "harness/fuzz/bad_input.h"
#include "harness/model/explanation.h"
#include "harness/report/prediction_text.h"
#include "harness/report/reading.h"
#include "harness/run/prediction_record.h"
#include "harness/scenario/scenario_reader.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

constexpr std::size_t kMostCells = 4;
/// The model plays each attempt of a minute; a fuzzer has none.
constexpr int kLongestAttempt = 5;

Scenario closing(const std::string& name, const std::string& varies, const std::string& attempt,
                 const std::string& tags) {
  const std::string text = "title = \"T\"\nteaches = \"W\"\nfrom = [\"ours\"]\n" + tags +
                           "expect = \"bound\"\nscript = \"\"\"\nserver runs message_server\n"
                           "server gets SIGKILL\nserver dies of SIGKILL\n"
                           "precondition server nothing\n" +
                           attempt + "\n\"\"\"\n" + varies;
  return read_scenario(SourceText("/scenarios/theme/" + name + ".toml", text));
}

}  // namespace

void tell_cells(const Scenario& scenario) {
  const TextStyle style;
  const KernelTraits traits;
  for (std::size_t i = 0; i < std::min(scenario.cells.size(), kMostCells); ++i) {
    const Cell& cell = scenario.cells[i];
    const Step& attempt = cell.steps.back();
    if (is_repeated(attempt.verb) && attempt.number > kLongestAttempt) continue;
    const Prediction prediction = predict(cell, {.traits = traits});
    const Explanation explanation = explanation_of(cell, prediction, traits);
    must_hold(!prediction_text(scenario, cell, prediction, explanation, style).empty(),
              "nothing is said of a prediction");
    must_hold(!read_aloud(scenario, cell, style).empty(), "nothing is said of a cell");
  }
}

const std::vector<Scenario>& known_scenarios() {
  static const std::vector<Scenario> scenarios{
      closing("plain-one", "", "rebind", ""),
      closing("varied", "[vary]\nfirst = [\"plain\", \"both\"]\nrebind = [\"plain\", \"both\"]\n",
              "rebind with {rebind}", ""),
      closing("repeated", "[vary]\nrebind = [\"plain\", \"both\"]\n",
              "rebind until bound after 60 s with {rebind}", "tags = [\"slow\"]\n"),
  };
  return scenarios;
}

}  // namespace timewait
