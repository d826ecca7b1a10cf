#include "harness/model/instructions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace timewait {

Call call_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parse_call(words);
}

Instruction must(const std::string& text) {
  return [call = call_of(text)](ModelledProcess& process) {
    const ModelAnswer answer = process.call(call);
    if (answer.waits) return Turn::waits;
    if (!answer.answer.ok()) process.fail(call);
    return Turn::next;
  };
}

Instruction read_line() {
  return [](ModelledProcess& process) {
    return process.take_line() || process.input_has_ended() ? Turn::next : Turn::waits;
  };
}

Instruction wait_for_ever() {
  return [](ModelledProcess&) { return Turn::waits; };
}

Instruction wait_for_end_of_input() {
  return
      [](ModelledProcess& process) { return process.input_has_ended() ? Turn::next : Turn::waits; };
}

Instruction drain(const std::string& name) {
  return [call = call_of(fmt::format("recv {} {}", name, kChunk))](ModelledProcess& process) {
    const ModelAnswer heard = process.call(call);
    if (heard.waits) return Turn::waits;
    return heard.answer.ok() && heard.answer.value > 0 ? Turn::again : Turn::next;
  };
}

void append(ModelledProgram& program, ModelledProgram more) {
  std::ranges::move(more, std::back_inserter(program));
}

}  // namespace timewait
