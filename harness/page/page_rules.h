#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace timewait {

/// The rules that cells refer to, each kept once and then known by its number.
class PageRules {
 public:
  int number_of(const std::string& name);

  /// What they say and where the kernel has them. Of a rule that this version of the model does not
  /// have any more there is the name alone.
  nlohmann::ordered_json json() const;

 private:
  std::vector<std::string> names_;
};

}  // namespace timewait
