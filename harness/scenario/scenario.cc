#include "harness/scenario/scenario.h"

#include <algorithm>

namespace timewait {

std::string cell_name(const Point& point) {
  std::string name;
  for (const auto& [variation, label] : point) {
    if (!name.empty()) name += ',';
    name.append(variation).append("=").append(label);
  }
  return name.empty() ? "-" : name;
}

const Actor& Cell::actor(const std::string& name) const {
  return *std::ranges::find(actors, name, &Actor::name);
}

}  // namespace timewait
