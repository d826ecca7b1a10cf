#include "harness/run/time_covered.h"

#include <algorithm>

namespace timewait {

void TimeCovered::add(const Record& record) {
  const auto length =
      std::chrono::duration_cast<std::chrono::system_clock::duration>(record.duration);
  spans_.emplace_back(record.started, record.started + length);
}

std::chrono::milliseconds TimeCovered::sum() const {
  auto spans = spans_;
  std::ranges::sort(spans);
  std::chrono::system_clock::duration all{0};
  SystemMoment covered = SystemMoment::min();
  for (const auto& [from, to] : spans) {
    if (to <= covered) continue;
    all += to - std::max(from, covered);
    covered = to;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(all);
}

}  // namespace timewait
