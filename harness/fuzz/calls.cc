#include "harness/net/call.h"

#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"
#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (Token& token : tokens_of({.at = {}, .text = line})) words.push_back(std::move(token.text));
  return words;
}

void read_call_line(std::string_view line) {
  const std::vector<std::string> words = words_of(line);
  try {
    const Call call = parse_call(words);
    must_hold(parse_call(words_of(text_of(call))) == call,
              "a call changes when it is written down");
  } catch (const CallError& error) {
    check_refusal(error.what());
    must_hold(error.word() <= words.size(), "a word is wrong that is not there");
  }
}

}  // namespace

void fuzz_calls(std::string_view input) {
  while (!input.empty()) {
    const auto end = std::min(input.find('\n'), input.size());
    read_call_line(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
}

}  // namespace timewait
