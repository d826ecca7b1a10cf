#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/kernel/restrictions.h"
#include "harness/report/text_style.h"
#include "harness/run/isolation.h"
#include "harness/run/skipped_cells.h"

namespace timewait {

enum class RungState { used, refused, not_needed, not_tried };

inline constexpr auto kRungStates = enum_table<RungState>({
    {RungState::used, "used"},
    {RungState::refused, "refused"},
    {RungState::not_needed, "not needed"},
    {RungState::not_tried, "not tried"},
});

/// A rung of the isolation on this machine.
struct RungFinding {
  Isolation rung;
  RungState state = RungState::not_tried;
  std::string refusal;
};

/// What probing the ladder found, rung by rung.
std::vector<RungFinding> rungs_of(const IsolationProbe& probe);

/// Where the output goes and in which language.
struct Terminal {
  bool is_terminal = false;
  TextStyle style;
  std::string locale;  ///< of characters, "C.UTF-8"
};

/// What `timewait doctor` found. Nothing in it tells whose machine it is.
struct DoctorReport {
  std::string version;
  std::string kernel;
  std::string architecture;
  int hz = 0;
  int cores = 0;
  unsigned long long open_files = 0;  ///< how many descriptors a process may have at most
  Restrictions restrictions;
  IsolationProbe isolation;
  MachineProbe probe;                      ///< where a rung works
  std::set<std::string> missing_programs;  ///< document programs that cannot be executed
  std::size_t scenarios = 0;
  std::size_t cells = 0;
  std::string scenario_trouble;  ///< why the scenarios cannot be read
  std::vector<SkippedCells> skipped;
  std::string reference;  ///< "results/linux-6.18" where there is one of this kernel
  Terminal terminal;

  /// What would allow an ability that is not there.
  std::vector<std::string> advice(Ability ability) const;

  /// Whether cells can run at all.
  bool can_run() const;
};

/// For people.
std::string doctor_text(const DoctorReport& report);

/// Schema "timewait.doctor/1".
std::string doctor_json(const DoctorReport& report);

}  // namespace timewait
