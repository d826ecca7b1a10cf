#pragma once

#include <string>
#include <unordered_map>
#include <vector>

namespace timewait {

/// Texts that occur often, each kept once and then known by its number.
class TextPool {
 public:
  /// The number of `text`, from 0 on in the order in which texts come; -1 for an empty one.
  int number_of(const std::string& text);

  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
  std::unordered_map<std::string, int> numbers_;
};

}  // namespace timewait
