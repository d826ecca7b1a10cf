#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/report/characters.h"
#include "harness/report/text_style.h"
#include "harness/run/program_outcome.h"

namespace timewait {

void fuzz_program_output(std::string_view input) {
  if (input.empty()) return;
  const int status = static_cast<unsigned char>(input.front());
  const std::string text(input.substr(1));
  try {
    const auto outcome = failed_call({.how = ExitState::How::exited, .number = status}, text);
    if (outcome)
      must_hold(Outcome::parse(outcome->text()) == outcome, "an outcome changes when written down");
  } catch (const Error& error) {
    check_refusal(error.what());
  }
  const std::string shown = printable(text);
  must_hold(printable(shown) == shown, "what is printable is not");
  constexpr int kWidth = 20;
  must_hold(display_width(shortened(in_one_line(shown), kWidth, {})) <= kWidth,
            "a text that was cut is too long");
  wrapped(shown, kWidth, 2);
}

}  // namespace timewait
