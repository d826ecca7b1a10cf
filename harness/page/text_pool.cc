#include "harness/page/text_pool.h"

namespace timewait {

int TextPool::number_of(const std::string& text) {
  if (text.empty()) return -1;
  const auto [place, is_new] = numbers_.try_emplace(text, static_cast<int>(texts_.size()));
  if (is_new) texts_.push_back(text);
  return place->second;
}

}  // namespace timewait
