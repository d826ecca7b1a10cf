#include "harness/run/parse_json.h"

#include <fmt/format.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr int kDeepest = 100;

}  // namespace

void check_nesting(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char character = json[i];
    if (character == '"') in_string = !in_string;
    if (in_string) {
      if (character == '\\') ++i;
      continue;
    }
    if (character == '[' || character == '{') ++depth;
    if (character == ']' || character == '}') --depth;
    if (depth > kDeepest)
      throw BadInput(fmt::format("its values are nested more than {} deep", kDeepest));
  }
}

}  // namespace timewait
