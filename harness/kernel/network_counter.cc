#include "harness/kernel/network_counter.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/number.h"

namespace timewait {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kFiles[] = {"netstat", "snmp", "snmp6", "sockstat", "sockstat6"};

Words words_of(const std::string& line) {
  std::istringstream text(line);
  return {std::istream_iterator<std::string>(text), {}};
}

/// The value below `name` in a line of names and a line of values.
std::optional<long long> value_below(const Words& names, const Words& values,
                                     const std::string& name) {
  for (std::size_t i = 1; i < names.size() && i < values.size(); ++i)
    if (names[i] == name) return parse_number(values[i]);
  return std::nullopt;
}

/// The value behind `name` in a line of pairs.
std::optional<long long> value_behind(const Words& pairs, const std::string& name) {
  for (std::size_t i = 1; i + 1 < pairs.size(); i += 2)
    if (pairs[i] == name) return parse_number(pairs[i + 1]);
  return std::nullopt;
}

}  // namespace

std::optional<long long> find_counter(std::string_view text, const std::string& name) {
  const auto colon = name.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string group = name.substr(0, colon + 1);
  const std::string counter = name.substr(colon + 1);
  std::istringstream lines{std::string(text)};
  Words names;
  for (std::string line; std::getline(lines, line);) {
    const Words words = words_of(line);
    if (words.empty() || words.front() != group) continue;
    if (const auto value = value_behind(words, counter)) return value;
    if (const auto value = value_below(names, words, counter)) return value;
    names = words;
  }
  return std::nullopt;
}

long long read_counter(const std::string& name) {
  for (const char* file : kFiles) {
    std::ifstream stream(fmt::format("/proc/self/net/{}", file));
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (const auto value = find_counter(text, name)) return *value;
  }
  throw CannotRunHere(fmt::format("this kernel has no counter {}", name));
}

}  // namespace timewait
