// What the commands print in Chinese, and what stays English all the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kTitle = "服务器先关闭";

/// Runs the program with the environment in which the variables have these values, and lines that
/// are never broken.
CommandResult run_with(const std::vector<std::string>& variables,
                       const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"env", "-u", "LC_ALL", "-u", "LC_MESSAGES", "COLUMNS=500"};
  command.insert(command.end(), variables.begin(), variables.end());
  command.push_back(timewait_path());
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run_command(command);
}

std::string chinese(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--lang", "zh"});
  const CommandResult result = run_with({"LANG=C.UTF-8"}, arguments);
  return result.output + result.errors;
}

TEST(ChineseOutput, ExplainsACell) {
  const std::string text = chinese({"explain", "server-closes-first/first=plain,rebind=reuseaddr"});
  EXPECT_THAT(
      text,
      StartsWith(
          "server-closes-first/first=plain,rebind=reuseaddr\n服务器先关闭\n\n"
          "预测\n  bind:EADDRINUSE，符合预期\n\n"
          "原因\n  127.0.0.1:12000 被一个 TIME_WAIT 表项（还剩 60 秒）占用，原来的套接字既没有 "
          "SO_REUSEADDR，也没有 SO_REUSEPORT。0.0.0.0 与它的地址重叠，而两个套接字都需要 "
          "SO_REUSEADDR，只在新的套接字上设置没有用。如果两个套接字从一开始就设置 SO_REUSEADDR，"
          "就能绑定；或者等 60 秒，表项消失之后，不用任何选项也能绑定。\n\n"
          "起决定作用的规则\n  wildcard_covers_all：通配地址与同一地址族的所有地址重叠。\n"
          "    net/ipv4/inet_connection_sock.c, inet_rcv_saddr_equal()\n"));
}

TEST(ChineseOutput, ListsTheScenarios) {
  const std::string text = chinese({"list"});
  EXPECT_THAT(text, StartsWith("who-closes-first  谁先关闭\n"));
  EXPECT_THAT(text, HasSubstr("\naddresses  地址\n"));
  EXPECT_THAT(text, HasSubstr("  server-closes-first                 16  服务器先关闭\n"));
  EXPECT_THAT(text, HasSubstr(" 个单元\n"));
}

TEST(ChineseOutput, ReadsAScenario) {
  const std::string text = chinese({"show", "server-closes-first"});
  EXPECT_THAT(text, StartsWith("server-closes-first  服务器先关闭\n"));
  EXPECT_THAT(text, HasSubstr("\n变化的条件\n  first: plain"));
  EXPECT_THAT(text, HasSubstr("\n预期：bind:EADDRINUSE\n"));
}

TEST(ChineseOutput, ShowsRunsAndTheirRecords) {
  const TemporaryFolder folder;
  const std::string run = chinese({"run", kTimeWaitCell, "--out", folder.path()});
  EXPECT_THAT(run, StartsWith("── 谁先关闭 ───"));
  EXPECT_THAT(run, HasSubstr("  server-closes-first  [TIME_WAIT]\n    服务器先关闭\n"));
  EXPECT_THAT(run, HasSubstr("\n1 个单元：✓ 1 通过；"));
  EXPECT_EQ(chinese({"report", folder.path()}), run);
  const std::string trace = chinese({"trace", folder.path(), kTimeWaitCell});
  EXPECT_THAT(trace, HasSubstr(std::string(kTimeWaitCell) + "\n" + kTitle + "\n"));
  EXPECT_THAT(trace, HasSubstr("\n✓ 通过：bind:EADDRINUSE，符合预期\n"));
}

TEST(ChineseOutput, TellsTheClaims) {
  const TemporaryFolder folder;
  run_timewait({"run", kTimeWaitCell, "--out", folder.path()});
  const std::string text = chinese({"claims", folder.path()});
  EXPECT_THAT(text, StartsWith("C1   即使已经没有程序占用端口，bind() 仍可能因为 TIME_WAIT 而"
                               "失败。\n     出自："));
  EXPECT_THAT(text, HasSubstr("     ? 待定\n"));
  EXPECT_THAT(text, HasSubstr("       ? 没有运行    message-pair-restarted first=plain"));
  EXPECT_THAT(text, HasSubstr("       ✓ EADDRINUSE  server-closes-first first=plain"));
  EXPECT_THAT(text, HasSubstr("\n36 条说法："));
}

TEST(ChineseOutput, IsWhatTheEnvironmentAsksFor) {
  EXPECT_THAT(run_with({"LANG=zh_CN.UTF-8"}, {"list"}).output, HasSubstr(kTitle));
  EXPECT_THAT(run_with({"LANG=zh_CN.UTF-8", "LC_ALL=C.UTF-8"}, {"list"}).output,
              Not(HasSubstr(kTitle)));
  EXPECT_THAT(run_with({"LANG=zh_CN.UTF-8"}, {"list", "--lang", "en"}).output,
              Not(HasSubstr(kTitle)));
}

TEST(ChineseOutput, LeavesWhatProgramsReadEnglish) {
  const TemporaryFolder folder;
  const std::string run =
      chinese({"run", kTimeWaitCell, "--out", folder.path(), "--format", "json"});
  EXPECT_THAT(run, HasSubstr("\"title\":\"The server closes first\""));
  for (const std::string& text :
       {run, chinese({"list", "--json"}), chinese({"claims", folder.path(), "--format", "json"})}) {
    EXPECT_THAT(text, Not(HasSubstr("服务器")));
    EXPECT_TRUE(nlohmann::json::accept(text)) << text;
  }
}

TEST(ChineseOutput, KeepsTheErrorsOfCommandsEnglish) {
  EXPECT_EQ(chinese({"explain", "server-closes-frist"}),
            "timewait: there is no scenario \"server-closes-frist\"; did you mean "
            "server-closes-first? (\"timewait list\" shows all)\n");
}

TEST(ChineseOutput, RefusesALanguageThatNobodyTranslated) {
  const CommandResult result = run_timewait({"list", "--lang", "tlh"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.errors, HasSubstr("--lang: tlh not in {en,zh}"));
}

/// A folder of one scenario with this translation.
CommandResult list_with_translation(const std::string& translation) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() + "/theme");
  folder.write("theme/idle.toml", scenario_around(kIdleServerInterrupted, "bound"));
  if (!translation.empty()) folder.write("zh.toml", translation);
  return run_timewait({"list", "--scenarios", folder.path(), "--lang", "zh"});
}

TEST(ChineseOutput, IsEnglishForScenariosWithoutATranslation) {
  EXPECT_EQ(list_with_translation("").output,
            "theme\n  idle                                 1  A test\n1 个场景，1 个单元\n");
  EXPECT_EQ(list_with_translation("[scenario.idle]\ntitle = \"测试\"\nteaches = \"无。\"\n").output,
            "theme\n  idle                                 1  测试\n1 个场景，1 个单元\n");
}

TEST(ChineseOutput, RefusesATranslationOfWhatIsNotThere) {
  const CommandResult result =
      list_with_translation("[scenario.busy]\ntitle = \"测试\"\nteaches = \"无。\"\n");
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(
      result.errors,
      HasSubstr(
          "/zh.toml:1:11: there is no scenario \"busy\"\n  [scenario.busy]\n            ^\n"));
}

}  // namespace
}  // namespace timewait
