#include "harness/process/process_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace timewait {
namespace {

/// Whether `holds` in a process that has taken on `limits`.
bool holds_under(const ProcessLimits& limits, const std::function<bool()>& holds) {
  const pid_t child = ::fork();
  if (child == 0) {
    take_on(limits);
    ::_exit(holds() ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status == 0;
}

bool is_limited(rlim_t soft, rlim_t hard) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur == soft && limit.rlim_max == hard;
}

TEST(ProcessLimit, IsTakenOnWithWhatIsUsual) {
  const ProcessLimits limits = {{.resource = RLIMIT_NOFILE, .most = 40, .usual = 20}};
  EXPECT_TRUE(holds_under(limits, [] { return is_limited(20, 40); }));
}

TEST(ProcessLimit, IsUsuallyTheMost) {
  EXPECT_TRUE(
      holds_under({{.resource = RLIMIT_NOFILE, .most = 40}}, [] { return is_limited(40, 40); }));
}

TEST(ProcessLimit, NeverRaisesWhatIsLower) {
  const ProcessLimits limits = {{.resource = RLIMIT_NOFILE, .most = 20, .usual = 10},
                                {.resource = RLIMIT_NOFILE, .most = 40, .usual = 30}};
  EXPECT_TRUE(holds_under(limits, [] { return is_limited(10, 20); }));
}

}  // namespace
}  // namespace timewait
