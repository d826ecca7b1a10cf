#include "harness/cli/print_results.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "harness/base/error.h"
#include "harness/export/annotations.h"

namespace timewait {
namespace {

constexpr std::int64_t kEndOfYear9999 = 253'402'300'799;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

}  // namespace

std::optional<std::chrono::sys_seconds> source_date() {
  const std::string_view text = variable("SOURCE_DATE_EPOCH");
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), seconds);
  if (error != std::errc() || end != text.end() || seconds < 0 || seconds > kEndOfYear9999)
    throw BadInput(fmt::format(
        "SOURCE_DATE_EPOCH is \"{}\"; it must be a number of seconds since 1970", text));
  return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

void print_results(const std::string& format, const RunResults& results, const TextStyle& style) {
  find_exporter(format).write(results, style,
                              [](std::string_view text) { fmt::print("{}", text); });
  if (variable("GITHUB_ACTIONS") == "true")
    write_annotations(results.matrix,
                      [](std::string_view text) { fmt::print(stderr, "{}", text); });
}

}  // namespace timewait
