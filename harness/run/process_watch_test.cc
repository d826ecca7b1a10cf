#include "harness/run/process_watch.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "harness/base/deadline.h"
#include "harness/base/error.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

constexpr Duration kPatience = std::chrono::seconds(10);

bool is_over(int pidfd) {
  pollfd event{.fd = pidfd, .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, 0) == 1;
}

/// A shell as the only actor of a cell, watched from the first process of a sandbox.
class WatchedShell {
 public:
  explicit WatchedShell(const std::string& script) : collector_(&nothing_), watch_(collector_) {
    actors_.emplace_back("server", std::vector<std::string>{"/bin/sh", "-c", script},
                         ProcessLimits{});
  }

  /// What a stage does again and again. Something may happen before the watch is asked.
  void refresh(const std::function<void()>& meanwhile = [] {}) {
    watch_.look_for_ends();
    process().refresh();
    meanwhile();
    watch_.refresh(actors_);
  }

  ChildProcess& process() { return actors_.front().process; }

  void types(const std::string& text) {
    check(::write(process().input().get(), text.data(), text.size()), "write()");
  }

  /// Waits without telling the watch anything.
  void wait_until_printed(const std::string& text) {
    wait_until([&] {
      actors_.front().output.drain();
      return actors_.front().output.text().find(text) != std::string::npos;
    });
  }

  void wait_until_it_ended() {
    wait_until([&] { return process().refresh(), process().exit_state().has_value(); });
  }

  /// Waits for the end of all children that the watch knows.
  void wait_until_its_children_ended() {
    for (const int pidfd : watch_.pidfds()) wait_until([&] { return is_over(pidfd); });
  }

  static void wait_until(const std::function<bool()>& condition) {
    const Deadline deadline = Deadline::after(kPatience);
    while (!condition()) {
      if (deadline.expired()) throw Error("it never came to that");
      ::poll(nullptr, 0, 1);
    }
  }

  bool has_children() const { return watch_.has_children(); }

  /// All that was noticed: "server forked" for a child, "server stops" for the actor itself.
  std::string events() {
    std::string text;
    const Evidence evidence = collector_.finish().value();
    for (const Event& event : evidence.timeline) {
      const auto& seen = std::get<ProcessChanged>(event.what);
      text += fmt::format("{}{}{}{}\n", seen.actor, seen.pid == process().pid() ? " " : "'s child ",
                          kProcessChanges.name(seen.change),
                          seen.detail.empty() ? "" : " " + seen.detail);
    }
    return text;
  }

 private:
  CaptureSource nothing_{.capture = std::nullopt, .refusal = "a test"};
  EvidenceCollector collector_;
  ProcessWatch watch_;
  std::deque<StagedActor> actors_;
};

/// Where the kernel does not number its last fork nobody notices one.
bool sees_forks() { return NewestPid().read().has_value(); }

TEST(ProcessWatch, NoticesThatAnActorStopsGoesOnAndEnds) {
  EXPECT_EQ(in_sandbox([] {
              WatchedShell shell("read line; exit 7");
              shell.process().signal(SIGSTOP);
              shell.wait_until([&] { return shell.refresh(), shell.process().is_stopped(); });
              shell.process().signal(SIGCONT);
              shell.wait_until([&] { return shell.refresh(), !shell.process().is_stopped(); });
              shell.types("go\n");
              shell.wait_until_it_ended();
              shell.refresh();
              shell.refresh();
              return shell.events();
            }),
            "server stopped\nserver continued\nserver ended exit 7\n");
}

TEST(ProcessWatch, KnowsThatAnActorWentOnWhichHasEndedMeanwhile) {
  EXPECT_EQ(in_sandbox([] {
              WatchedShell shell("read line; exit 7");
              shell.process().signal(SIGSTOP);
              shell.wait_until([&] { return shell.refresh(), shell.process().is_stopped(); });
              shell.types("go\n");
              shell.process().signal(SIGCONT);
              WatchedShell::wait_until([&] { return is_over(shell.process().pidfd()); });
              shell.refresh();
              return shell.events();
            }),
            "server stopped\nserver continued\nserver ended exit 7\n");
}

TEST(ProcessWatch, KnowsThatAnActorDidNotGoOnWhichWasKilled) {
  EXPECT_EQ(in_sandbox([] {
              WatchedShell shell("read line; exit 7");
              shell.process().signal(SIGSTOP);
              shell.wait_until([&] { return shell.refresh(), shell.process().is_stopped(); });
              shell.process().signal(SIGKILL);
              shell.wait_until_it_ended();
              shell.refresh();
              return shell.events();
            }),
            "server stopped\nserver ended killed by SIGKILL\n");
}

TEST(ProcessWatch, NoticesAChildItsProgramAndItsEnd) {
  if (!sees_forks()) GTEST_SKIP() << "this kernel does not tell its last process number";
  EXPECT_EQ(in_sandbox([] {
              WatchedShell shell("exec 3<&0; (echo forked; read line <&3; exec cat <&3) & wait");
              shell.wait_until_printed("forked\n");
              shell.refresh();
              shell.types("go\nhello\n");
              shell.wait_until_printed("hello\n");
              shell.refresh();
              shell.process().input().reset();
              shell.wait_until_it_ended();
              const bool had_children = shell.has_children();
              shell.refresh();
              return shell.events() +
                     (had_children && !shell.has_children() ? "" : "it still has children");
            }),
            "server's child forked\nserver's child executed cat\nserver ended exit 0\n"
            "server's child ended\n");
}

TEST(ProcessWatch, TellsHowAChildEndedThatItsParentLeftBehind) {
  if (!sees_forks()) GTEST_SKIP() << "this kernel does not tell its last process number";
  EXPECT_EQ(in_sandbox([] {
              WatchedShell shell("exec 3<&0; (echo forked; read line <&3; exit 7) & read line");
              shell.wait_until_printed("forked\n");
              shell.refresh();
              shell.process().signal(SIGKILL);
              shell.wait_until_it_ended();
              shell.types("go\n");
              shell.wait_until_its_children_ended();
              shell.refresh();
              return shell.events();
            }),
            "server's child forked\nserver ended killed by SIGKILL\n"
            "server's child ended exit 7\n");
}

// A parent that was asked before the end of its child could not tell how it ended.
TEST(ProcessWatch, TellsOfAnEndNotBeforeItIsKnownHow) {
  if (!sees_forks()) GTEST_SKIP() << "this kernel does not tell its last process number";
  EXPECT_EQ(in_sandbox([] {
              WatchedShell shell("exec 3<&0; (echo forked; read line <&3; exit 7) & read line");
              shell.wait_until_printed("forked\n");
              shell.process().signal(SIGKILL);
              shell.wait_until_it_ended();
              shell.refresh();
              shell.refresh([&] {
                shell.types("go\n");
                shell.wait_until_its_children_ended();
              });
              const bool is_still_there = shell.has_children();
              shell.refresh();
              return (is_still_there ? "" : "told too early: ") + shell.events();
            }),
            "server's child forked\nserver ended killed by SIGKILL\n"
            "server's child ended exit 7\n");
}

}  // namespace
}  // namespace timewait
