#pragma once

#include <chrono>
#include <utility>
#include <vector>

#include "harness/run/record.h"

namespace timewait {

/// For how long at least one cell ran, of a run that has not said how long it took.
class TimeCovered {
 public:
  void add(const Record& record);

  std::chrono::milliseconds sum() const;

 private:
  using SystemMoment = std::chrono::system_clock::time_point;

  std::vector<std::pair<SystemMoment, SystemMoment>> spans_;  ///< from, to
};

}  // namespace timewait
