#include "harness/process/process_crowd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "harness/base/error.h"
#include "harness/kernel/release.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

void fork_many(int count) {
  for (int i = 0; i < count; ++i)
    if (::fork() == 0)
      for (;;) ::pause();
}

void limit_ids(std::size_t most) {
  std::ofstream file("/proc/sys/kernel/pid_max");
  if (!(file << most << std::flush)) throw Error("pid_max cannot be written");
}

/// What a check throws.
std::string said_by(ProcessCrowd& crowd) {
  try {
    crowd.check();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "nothing noticed";
}

/// How many children are there to be waited for, once all that were killed have ended.
int count_of_ended() {
  int count = 0;
  while (::waitpid(-1, nullptr, 0) > 0) ++count;
  return count;
}

TEST(ProcessCrowd, LetsFewerBe) {
  EXPECT_EQ(in_sandbox([] {
              ProcessCrowd crowd(10);
              fork_many(9);
              crowd.check();
              return "all live";
            }),
            "all live");
}

TEST(ProcessCrowd, KillsAllWhenThereAreAsManyAsThereMayBe) {
  EXPECT_EQ(in_sandbox([] {
              ProcessCrowd crowd(10);
              fork_many(10);
              const std::string said = said_by(crowd);
              return said + "; " + std::to_string(count_of_ended());
            }),
            "the cell's processes reached the limit of 10 and were killed; 10");
}

TEST(ProcessCrowd, CountsThoseThatLiveNotThoseThatCameAndWent) {
  EXPECT_EQ(in_sandbox([] {
              ProcessCrowd crowd(10);
              for (int i = 0; i < 50; ++i) {
                if (::fork() == 0) ::_exit(0);
                ::waitpid(-1, nullptr, 0);
                crowd.check();
              }
              return "never too many";
            }),
            "never too many");
}

TEST(ProcessCrowd, CountsAgainWhenNumbersBeginAnew) {
  if (kernel_version() < KernelVersion{.major = 6, .minor = 14})
    GTEST_SKIP() << "needs a pid_max for each pid namespace";
  EXPECT_EQ(in_sandbox([] {
              limit_ids(400);
              ProcessCrowd crowd(60);
              fork_many(30);
              pid_t pid = 0;
              for (pid_t last = 0; pid >= last; crowd.check()) {
                last = pid;
                pid = ::fork();
                if (pid == 0) ::_exit(0);
                ::waitpid(pid, nullptr, 0);
              }
              fork_many(30);
              return said_by(crowd);
            }),
            "the cell's processes reached the limit of 60 and were killed");
}

TEST(ProcessCrowd, CountsAgainAtRestWhenNobodySawNumbersBeginAnew) {
  if (kernel_version() < KernelVersion{.major = 6, .minor = 14})
    GTEST_SKIP() << "needs a pid_max for each pid namespace";
  EXPECT_EQ(in_sandbox([] {
              constexpr std::size_t kMost = 200;
              limit_ids(ids_for_crowd(kMost));
              ProcessCrowd crowd(kMost);
              fork_many(105);
              for (pid_t pid = 0; pid < 390;) {
                pid = ::fork();
                if (pid == 0) ::_exit(0);
                ::waitpid(pid, nullptr, 0);
              }
              crowd.check();
              fork_many(200);  // 391 to 399, then 300 to 390: the newest is the one that was seen
              return said_by(crowd);
            }),
            "the cell's processes reached the limit of 200 and were killed");
}

TEST(ProcessCrowd, KillsNobodyWhereItIsNotTheFirstProcess) {
  ProcessCrowd crowd(1);
  EXPECT_NO_THROW(crowd.check());
}

}  // namespace
}  // namespace timewait
