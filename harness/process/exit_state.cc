#include "harness/process/exit_state.h"

#include <fmt/format.h>
#include <string.h>

#include <csignal>

namespace timewait {

ExitState ExitState::of(const siginfo_t& info) {
  const How how = info.si_code == CLD_EXITED ? How::exited : How::killed;
  return {.how = how, .number = info.si_status};
}

std::string ExitState::text() const {
  if (how == How::exited) return fmt::format("exit {}", number);
  return "killed by " + signal_name(number);
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

int find_signal(const std::string& name) {
  for (int signal = 1; signal < NSIG; ++signal)
    if (signal_name(signal) == name) return signal;
  return 0;
}

}  // namespace timewait
