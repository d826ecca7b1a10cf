#include "harness/process/proc_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>

#include "harness/base/unique_fd.h"

namespace timewait {

std::string read_proc_file(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 2048> text;
  const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

std::string ProcessStat::field(std::size_t number) const {
  constexpr std::size_t kState = 3;
  const std::size_t index = number - kState;
  return index < from_state.size() ? from_state[index] : "";
}

std::optional<ProcessStat> stat_of(const std::string& folder) {
  // "4711 (name) S 1 ...": the name may hold blanks and parentheses, what follows may not.
  const std::string text = read_proc_file(folder + "/stat");
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  std::istringstream rest(text.substr(close + 1));
  return ProcessStat{.name = text.substr(open + 1, close - open - 1),
                     .from_state = {std::istream_iterator<std::string>(rest), {}}};
}

}  // namespace timewait
