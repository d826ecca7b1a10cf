// A child ends with its object, and nothing is left of it: no process, no zombie, no descriptor.

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <string_view>

#include "harness/base/error.h"
#include "harness/base/open_descriptors.h"
#include "harness/base/temporary_folder.h"
#include "harness/process/test_child_process.h"

namespace timewait {
namespace {

constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

/// True when not even a zombie is left of our children.
bool has_no_children() {
  siginfo_t child{};
  return ::waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD;
}

/// An executable file in a folder of its own that goes with this object.
class ExecutableFile {
 public:
  explicit ExecutableFile(const std::string& content) : path_(folder_.write("program", content)) {
    check(::chmod(path_.c_str(), 0755), "chmod()");
  }

  const std::string& path() const { return path_; }

 private:
  TemporaryFolder folder_;
  std::string path_;
};

TEST(ChildProcess, LeavesNoZombieAndNoDescriptor) {
  const auto before = open_descriptors();
  {
    ChildProcess ended = shell("exit 0");
    EXPECT_TRUE(end_of(ended));
    const ChildProcess never_looked_at = shell("exit 0");
    const ChildProcess running = shell("read line");
  }
  EXPECT_TRUE(has_no_children());
  EXPECT_EQ(open_descriptors(), before);
}

TEST(ChildProcess, LeavesNoZombieAndNoDescriptorWhenTheProgramIsMissing) {
  const auto before = open_descriptors();
  EXPECT_THROW(ChildProcess({"/no/such/program"}), Error);
  EXPECT_TRUE(has_no_children());
  EXPECT_EQ(open_descriptors(), before);
}

TEST(ChildProcess, LeavesNoZombieAndNoDescriptorWhenTheKernelCannotExecuteTheProgram) {
  const ExecutableFile file("#!/no/such/interpreter\n");
  const auto before = open_descriptors();
  EXPECT_THROW(ChildProcess({file.path()}), Error);
  EXPECT_TRUE(has_no_children());
  EXPECT_EQ(open_descriptors(), before);
}

/// Some of these limits let the program be executed, and its parent get no descriptor to follow it.
TEST(ChildProcess, LeavesNoZombieWhereDescriptorsAreFew) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizers need descriptors, too";
  constexpr int kPipes = 6;
  constexpr int kEnough = 64;
  int refused = 0;
  bool is_started = false;
  for (int left = 0; !is_started && left < kEnough; ++left) {
    try {
      const FewDescriptors few(left);
      const ChildProcess child({"/bin/cat"});
      is_started = true;
    } catch (const Error&) {
      ++refused;
    }
    EXPECT_TRUE(has_no_children()) << left;
  }
  EXPECT_TRUE(is_started);
  EXPECT_GT(refused, kPipes);
}

TEST(ChildProcess, EndsWithItsObjectAlsoWhenItIgnoresSigterm) {
  ChildProcess other = shell("read line");
  UniqueFd output;
  {
    ChildProcess child = shell("trap '' TERM; echo ready; sleep 30");
    EXPECT_EQ(read_line(child.output()), "ready\n");
    child.signal_group(SIGTERM);
    output = std::move(child.output());
  }
  EXPECT_EQ(read_all(output), "");
  other.refresh();
  EXPECT_EQ(other.exit_state(), std::nullopt);
}

}  // namespace
}  // namespace timewait
