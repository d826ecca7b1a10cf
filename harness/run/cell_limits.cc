#include "harness/run/cell_limits.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

#include "harness/base/unique_fd.h"
#include "harness/kernel/release.h"
#include "harness/kernel/short_turns.h"
#include "harness/process/process_crowd.h"
#include "harness/process/process_tree.h"

namespace timewait {
namespace {

constexpr rlim_t kMiB = rlim_t{1} << 20;

/// Servers start a few processes or threads for each core; a fork bomb gets there in milliseconds.
constexpr std::size_t kMostProcesses = 256;

/// What a process may write into one file. Floods of a log end there, with SIGXFSZ.
constexpr rlim_t kMostFileSize = 64 * kMiB;

/// Memory of its own, that is heap and private mappings, for each process. Not the address space:
/// virtual machines reserve hundreds of gigabytes that they never touch.
constexpr rlim_t kMostMemory = 1024 * kMiB;

/// What a login gives. The harness itself may have many more; some daemons close all they may have.
constexpr rlim_t kUsualDescriptors = 1024;
constexpr rlim_t kMostDescriptors = 4096;

/// No core file, and 1 rather than 0 because that also keeps a crash from a handler of core_pattern
/// (do_coredump()).
constexpr rlim_t kCoreSize = 1;

/// From this kernel on, a user's processes are counted for each user namespace (ucounts); before,
/// RLIMIT_NPROC counts what the user runs on the whole machine.
constexpr KernelVersion kCountsPerNamespace{.major = 5, .minor = 14};

/// The address sanitizer maps terabytes before main().
constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

constexpr std::size_t kNeverMoreProcesses = ids_for_crowd(kMostProcesses);

/// From this kernel on each pid namespace has a pid_max of its own. Before, it is the machine's.
constexpr KernelVersion kLimitsPidNamespaces{.major = 6, .minor = 14};

/// Of 1000, how much rather than others a process is ended when memory runs out.
constexpr std::string_view kEndedFirst = "500";

/// True when a process that ended had as much memory as it could get, but for what it could not
/// split any more.
bool used_all_memory(const ChildProcess& process) {
  constexpr rlim_t kNearly = kMostMemory / 16 * 15;
  return !kIsSanitized && process.peak_memory() >= kNearly;
}

void write_if_possible(const char* path, std::string_view text) {
  const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
  if (file) (void)!::write(file.get(), text.data(), text.size());
}

}  // namespace

CellLimits limits_of_cell(const RunSettings& settings) {
  if (!settings.has_limits) return {};
  ProcessLimits limits = {
      {.resource = RLIMIT_CORE, .most = kCoreSize},
      {.resource = RLIMIT_FSIZE, .most = kMostFileSize},
      {.resource = RLIMIT_NOFILE, .most = kMostDescriptors, .usual = kUsualDescriptors}};
  if (!kIsSanitized) limits.push_back({.resource = RLIMIT_DATA, .most = kMostMemory});
  // Does not hold for root.
  if (settings.isolation == Isolation::user_namespace && kernel_version() >= kCountsPerNamespace)
    limits.push_back({.resource = RLIMIT_NPROC, .most = kNeverMoreProcesses});
  return {.of_process = std::move(limits), .processes = kMostProcesses};
}

void shield_first_process(const RunSettings& settings) {
  write_if_possible("/proc/self/oom_score_adj", kEndedFirst);
  // Holds for root, too.
  if (settings.has_limits && is_first_process() && kernel_version() >= kLimitsPidNamespaces)
    write_if_possible("/proc/sys/kernel/pid_max", std::to_string(kNeverMoreProcesses));
  take_short_turns();
  ::setsid();
  ::prctl(PR_SET_DUMPABLE, 0);
}

std::string limit_reached_by(const ChildProcess& process) {
  const auto& end = process.exit_state();
  if (!end || end->is_success()) return "";
  if (*end == ExitState{.how = ExitState::How::killed, .number = SIGXFSZ})
    return fmt::format("a file of it reached the limit of {} MiB", kMostFileSize / kMiB);
  if (used_all_memory(process))
    return fmt::format("its memory reached the limit of {} MiB", kMostMemory / kMiB);
  return "";
}

}  // namespace timewait
