#include "harness/explore/kernel_side.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

const Script kServerClosesFirst =
    script_of({"socket a", "bind a 127.0.0.1:12000", "listen a", "socket b",
               "connect b 127.0.0.1:12000", "accept a c", "close c", "close b", "getsockname a"});

/// What the kernel answers to the last call of a script.
std::string last_answer(std::size_t number, const Script& script) {
  PlayedScript played(KernelSide::first_port(number));
  Answer answer;
  for (const Call& call : script) answer = played.make(call);
  return comparable_text(script.back(), answer);
}

TEST(KernelSide, AnswersInTermsOfThePortsThatScriptsName) {
  EXPECT_EQ(in_sandbox([] {
              const KernelSide kernel;
              return last_answer(0, kServerClosesFirst);
            }),
            "127.0.0.1:12000");
}

TEST(KernelSide, GivesEachScriptPortsOfItsOwn) {
  const Script bound = script_of({"socket a", "bind a 127.0.0.1:12001"});
  EXPECT_EQ(in_sandbox([&] {
              const KernelSide kernel;
              PlayedScript first(KernelSide::first_port(0));
              for (const Call& call : bound) first.make(call);
              return last_answer(1, bound);
            }),
            "0");
}

TEST(KernelSide, TellsTheStatesOfOpenSocketsWithoutCopies) {
  const Script script = script_of({"socket a", "bind a 127.0.0.1:12000", "listen a", "socket b",
                                   "connect b 127.0.0.1:12000", "accept a c", "shutdown c write",
                                   "dup c d", "close c", "socket e"});
  EXPECT_EQ(in_sandbox([&] {
              const KernelSide kernel;
              PlayedScript played(KernelSide::first_port(0));
              for (const Call& call : script) played.make(call);
              return fmt::format("{}", fmt::join(played.open_states(), ", "));
            }),
            "CLOSE_WAIT, FIN_WAIT2, LISTEN");
}

TEST(KernelSide, TellsWhatIsLeftOfEachScript) {
  EXPECT_EQ(in_sandbox([] {
              KernelSide kernel;
              last_answer(0, script_of({"socket a", "bind a 127.0.0.1:12000"}));
              last_answer(1, kServerClosesFirst);
              const auto left = kernel.leftovers(2);
              return fmt::format("{} and {}", fmt::join(left[0], ", "), fmt::join(left[1], ", "));
            }),
            " and TIME_WAIT 127.0.0.1:12000 127.0.0.1:*");
}

TEST(KernelSide, InterruptsACallThatWaits) {
  // The queue of a listener with room for one connection is full with the second one.
  const Script script =
      script_of({"socket a", "bind a 127.0.0.1:12000", "listen a 0", "socket b",
                 "connect b 127.0.0.1:12000", "socket c", "connect c 127.0.0.1:12000"});
  EXPECT_EQ(in_sandbox([&] {
              const KernelSide kernel;
              return last_answer(0, script);
            }),
            "waits");
}

}  // namespace
}  // namespace timewait
