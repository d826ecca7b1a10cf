#include "harness/scenario/tokens.h"

namespace timewait {

std::vector<Token> tokens_of(const TextLine& line) {
  constexpr std::string_view kBlank = " \t\r";
  std::vector<Token> tokens;
  std::size_t begin = line.text.find_first_not_of(kBlank);
  while (begin != std::string_view::npos && line.text[begin] != '#') {
    const std::size_t end = std::min(line.text.find_first_of(kBlank, begin), line.text.size());
    tokens.push_back({.text = std::string(line.text.substr(begin, end - begin)),
                      .column = line.at.column + static_cast<int>(begin)});
    begin = line.text.find_first_not_of(kBlank, end);
  }
  return tokens;
}

}  // namespace timewait
