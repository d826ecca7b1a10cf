#include "harness/fuzz/bad_input.h"

namespace timewait {

void check_refusal(std::string_view text) { must_hold(!text.empty(), "a refusal says nothing"); }

}  // namespace timewait
