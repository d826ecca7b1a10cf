#pragma once

#include <optional>
#include <string>
#include <vector>

namespace timewait {

/// The first 2 KiB of a file of /proc; empty when it cannot be read.
std::string read_proc_file(const std::string& path);

/// What /proc/PID/stat says of a process, proc(5).
struct ProcessStat {
  std::string name;
  std::vector<std::string> from_state;  ///< the fields after the name

  /// A field by its number in proc(5), 3 (the state) or a later one; empty when there is none.
  std::string field(std::size_t number) const;
};

/// Of the process whose folder in /proc is `folder`; nothing when it has ended.
std::optional<ProcessStat> stat_of(const std::string& folder);

}  // namespace timewait
