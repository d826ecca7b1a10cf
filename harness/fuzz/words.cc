#include <algorithm>
#include <array>

#include "harness/base/number.h"
#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/scenario_cells.h"
#include "harness/fuzz/targets.h"
#include "harness/kernel/segment.h"
#include "harness/net/errno_name.h"
#include "harness/net/socket_option.h"
#include "harness/process/exit_state.h"
#include "harness/scenario/cell_pattern.h"
#include "harness/scenario/selection.h"
#include "harness/scenario/shard.h"

namespace timewait {
namespace {

void read_shard(const std::string& word) {
  Shard shard;
  if (accepts([&] { shard = parse_shard(word); }))
    must_hold(parse_shard(shard.text()) == shard, "a shard changes when it is written down");
  accepts([&] { shard_of_gtest("3", word.c_str()); });
  accepts([&] { shard_of_gtest(word.c_str(), "0"); });
}

void read_cells(const std::string& word) {
  const std::vector<Scenario>& scenarios = known_scenarios();
  accepts([&] { select_cells(scenarios, {word}, ""); });
  accepts([&] { select_cells(scenarios, {}, word); });
  accepts([&] { must_hold(!cells_matching(scenarios, word).empty(), "a pattern names no cell"); });
}

void read_value(const std::string& word) {
  if (const auto endpoint = Endpoint::parse(word))
    must_hold(Endpoint::parse(endpoint->text()) == endpoint,
              "an address changes when written down");
  if (const auto outcome = Outcome::parse(word))
    must_hold(Outcome::parse(outcome->text()) == outcome, "an outcome changes when written down");
  if (const auto number = parse_number(word, -5, 70'000))
    must_hold(*number >= -5 && *number <= 70'000, "a number is out of its range");
  if (const auto flags = parse_flags(word))
    must_hold(flags_text(*flags) == word, "flags change when they are written down");
  if (const auto error = find_errno(word))
    must_hold(errno_name(*error) == word || find_errno(errno_name(*error)) == error,
              "an errno changes when it is written down");
  if (const int signal = find_signal(word); signal != 0)
    must_hold(signal_name(signal) == word, "a signal changes when it is written down");
  find_socket_option(word);
  constexpr std::array kTypes{SocketOption::Type::number, SocketOption::Type::linger,
                              SocketOption::Type::timeval, SocketOption::Type::text,
                              SocketOption::Type::filter};
  for (const SocketOption::Type type : kTypes) parse_option_value(type, word);
}

}  // namespace

void fuzz_words(std::string_view input) {
  while (!input.empty()) {
    const auto end = std::min(input.find('\n'), input.size());
    const std::string word(input.substr(0, end));
    read_shard(word);
    read_cells(word);
    read_value(word);
    input.remove_prefix(std::min(end + 1, input.size()));
  }
}

}  // namespace timewait
