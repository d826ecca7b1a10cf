// What libFuzzer calls. `timewait_fuzz --target=NAME CORPUS...` runs one target; libFuzzer itself
// leaves alone what begins with "--".
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "harness/fuzz/fuzz_target.h"

namespace {

const timewait::FuzzTarget*& chosen() {
  static const timewait::FuzzTarget* target = nullptr;
  return target;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  constexpr std::string_view kOption = "--target=";
  for (int i = 1; i < *argc; ++i)
    if (const std::string_view argument = (*argv)[i]; argument.starts_with(kOption))
      chosen() = timewait::find_fuzz_target(argument.substr(kOption.size()));
  if (chosen() != nullptr) return 0;
  std::fputs("say --target=NAME, one of:", stderr);
  for (const timewait::FuzzTarget& target : timewait::fuzz_targets())
    std::fprintf(stderr, " %s", target.name.data());
  std::fputs("\n", stderr);
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen()->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
