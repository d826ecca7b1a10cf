#include "harness/run/record_store.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "harness/base/error.h"
#include "harness/base/open_descriptors.h"
#include "harness/base/temporary_folder.h"

namespace timewait {
namespace {

using testing::ElementsAre;

/// A folder that is looked into.
class Folder : public TemporaryFolder {
 public:
  std::string text_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path() + "/" + name).rdbuf();
    return text.str();
  }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(path()))
      all.push_back(entry.path().filename());
    return all;
  }
};

std::vector<std::string> records_of(RecordStore& store) {
  std::vector<std::string> records;
  store.for_each([&](const std::string& record) { records.push_back(record); });
  return records;
}

TEST(RecordStore, HasWholeLinesAtAnyTime) {
  const Folder folder;
  RecordStore store(folder.path());
  store.append(1, "{\"late\"}");
  EXPECT_EQ(folder.text_of("records.jsonl"), "{\"late\"}\n");
  store.append(0, "{}");
  EXPECT_EQ(folder.text_of("records.jsonl"), "{\"late\"}\n{}\n");
}

TEST(RecordStore, PutsTheRecordsInTheirOrderAtTheEnd) {
  const Folder folder;
  RecordStore store(folder.path());
  store.append(2, "the third");
  store.append(0, "the first");
  store.append(1, "");
  store.finish();
  EXPECT_EQ(folder.text_of("records.jsonl"), "the first\n\nthe third\n");
  EXPECT_THAT(folder.names(), ElementsAre("records.jsonl"));
}

TEST(RecordStore, GivesTheRecordsInTheirOrderBeforeAndAfterTheEnd) {
  const Folder folder;
  RecordStore store(folder.path());
  store.append(1, "the second, which is longer");
  store.append(0, "the first");
  EXPECT_THAT(records_of(store), ElementsAre("the first", "the second, which is longer"));
  store.finish();
  EXPECT_THAT(records_of(store), ElementsAre("the first", "the second, which is longer"));
}

TEST(RecordStore, TakesRecordsAfterSomeWereRead) {
  RecordStore store("");
  store.append(1, "the second");
  EXPECT_THAT(records_of(store), ElementsAre("the second"));
  store.append(0, "the first");
  EXPECT_THAT(records_of(store), ElementsAre("the first", "the second"));
}

TEST(RecordStore, MakesItsFolderAndEmptiesAnOlderFile) {
  const Folder folder;
  const std::string nested = folder.path() + "/results/run";
  RecordStore(nested).append(0, "an older and longer one");
  RecordStore(nested).append(0, "new");
  EXPECT_EQ(folder.text_of("results/run/records.jsonl"), "new\n");
}

TEST(RecordStore, RemovesTheSummaryAndThePlanOfAnOlderRun) {
  const Folder folder;
  replace_file(folder.path() + "/run.json", "{}");
  replace_file(folder.path() + "/plan.json", "{}");
  const RecordStore store(folder.path());
  EXPECT_THAT(folder.names(), ElementsAre("records.jsonl"));
}

TEST(RecordStore, RefusesAFolderThatAnotherRunWritesTo) {
  const Folder folder;
  {
    RecordStore store(folder.path());
    store.append(0, "{}");
    EXPECT_THAT([&] { RecordStore other(folder.path()); },
                testing::ThrowsMessage<Error>("another run writes to " + folder.path() +
                                              "; name another folder with --out"));
    EXPECT_EQ(folder.text_of("records.jsonl"), "{}\n");
  }
  EXPECT_NO_THROW(RecordStore(folder.path()));
}

TEST(RecordStore, GoesOnWithRecordsThatWereKept) {
  const Folder folder;
  const auto before = open_descriptors();
  {
    folder.write("records.jsonl", "the third\nthe first\nthe sec");
    folder.write("records.jsonl.sorted", "of a run that was killed at its end");
    RecordStore store{FolderLock(folder.path())};
    store.adopt(2, 9);
    store.adopt(0, 9);
    store.drop_the_rest();
    EXPECT_EQ(folder.text_of("records.jsonl"), "the third\nthe first\n");
    store.append(1, "the second");
    EXPECT_THAT(records_of(store), ElementsAre("the first", "the second", "the third"));
    store.finish();
  }
  EXPECT_EQ(folder.text_of("records.jsonl"), "the first\nthe second\nthe third\n");
  EXPECT_THAT(folder.names(), ElementsAre("records.jsonl"));
  EXPECT_EQ(open_descriptors(), before);
}

/// Forks a process that locks `folder`, leaves the lock to a child that lives until the other end
/// of `waits` is closed, and has ended when this returns. It is still to be reaped.
pid_t be_killed_with_an_heir(const std::string& folder, int waits, int lets_go) {
  const pid_t killed = ::fork();
  if (killed == 0) {
    const FolderLock lock(folder);
    if (::fork() == 0) {
      ::close(lets_go);
      char byte = 0;
      ::_exit(static_cast<int>(::read(waits, &byte, 1)));
    }
    ::_exit(0);
  }
  siginfo_t end{};
  ::waitid(P_PID, static_cast<id_t>(killed), &end, WEXITED | WNOWAIT);
  return killed;
}

TEST(RecordStore, WaitsForTheSandboxesOfARunThatWasKilled) {
  for (const bool is_reaped : {true, false}) {
    const Folder folder;
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const UniqueFd waits(ends[0]);
    UniqueFd lets_go(ends[1]);
    const pid_t killed = be_killed_with_an_heir(folder.path(), waits.get(), lets_go.get());
    if (is_reaped) ::waitpid(killed, nullptr, 0);
    EXPECT_THROW(FolderLock(folder.path(), Duration::zero()), BadInput);
    // Longer than one waits for a run that is alive.
    std::thread heir([&] {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      lets_go.reset();
    });
    EXPECT_NO_THROW(RecordStore(folder.path(), std::chrono::minutes(1))) << is_reaped;
    heir.join();
    if (!is_reaped) ::waitpid(killed, nullptr, 0);
  }
}

TEST(FolderLock, DoesNotWaitForARunThatIsAlive) {
  const Folder folder;
  const FolderLock lock(folder.path());
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(FolderLock(folder.path(), std::chrono::hours(1)), BadInput);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::minutes(1));
}

TEST(RecordStore, WithoutAFolderLeavesNothing) {
  const auto before = open_descriptors();
  {
    RecordStore store("");
    store.append(1, "the second");
    store.append(0, "the first");
    store.finish();
    EXPECT_THAT(records_of(store), ElementsAre("the first", "the second"));
    EXPECT_EQ(open_descriptors(), before + 1);
  }
  EXPECT_EQ(open_descriptors(), before);
}

TEST(RecordStore, SaysWhichFolderItCannotMake) {
  const Folder folder;
  replace_file(folder.path() + "/file", "in the way");
  const std::string below = folder.path() + "/file/run";
  EXPECT_THAT([&] { RecordStore store(below); },
              testing::ThrowsMessage<Error>("cannot make the folder " + below +
                                            ": Not a directory; name another folder with --out"));
}

TEST(RecordStore, SaysWhichFileItCannotOpenAndLeavesNoDescriptor) {
  const Folder folder;
  const std::string file = folder.path() + "/records.jsonl";
  std::filesystem::create_directory(file);
  const auto before = open_descriptors();
  EXPECT_THAT([&] { RecordStore store(folder.path()); },
              testing::ThrowsMessage<BadInput>("cannot write to " + file +
                                               ": Is a directory; name another folder with "
                                               "--out"));
  EXPECT_EQ(open_descriptors(), before);
}

TEST(RecordStore, SaysWhatIsInTheWayOfARun) {
  for (const char* name : {"run.json", "plan.json", "report.html"}) {
    const Folder folder;
    const std::string in_the_way = folder.path() + "/" + name;
    std::filesystem::create_directory(in_the_way);
    EXPECT_THAT([&] { RecordStore store(folder.path()); },
                testing::ThrowsMessage<BadInput>("cannot replace " + in_the_way +
                                                 ": Is a directory; name another folder with "
                                                 "--out"));
  }
}

TEST(RecordStore, LeavesTheOlderRunWhereItCannotBeReplaced) {
  for (const char* name : {"records.jsonl", "report.html"}) {
    const Folder folder;
    folder.write("run.json", "of the older run");
    folder.write("plan.json", "of the older run");
    std::filesystem::create_directory(folder.path() + "/" + name);
    EXPECT_THROW(RecordStore{folder.path()}, BadInput) << name;
    EXPECT_EQ(folder.text_of("run.json"), "of the older run") << name;
    EXPECT_EQ(folder.text_of("plan.json"), "of the older run") << name;
  }
}

TEST(RecordStore, WritesNoRecordsIntoAPipe) {
  const Folder folder;
  folder.write("run.json", "of the older run");
  const std::string file = folder.path() + "/records.jsonl";
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  EXPECT_THAT([&] { RecordStore store(folder.path()); },
              testing::ThrowsMessage<BadInput>("cannot write to " + file +
                                               ": it is no file; name another folder with --out"));
  EXPECT_EQ(folder.text_of("run.json"), "of the older run");
}

TEST(RecordStore, DoesNotGoOnWithRecordsThatLieElsewhere) {
  const Folder folder;
  folder.write("precious", "of somebody");
  std::filesystem::create_symlink("precious", folder.path() + "/records.jsonl");
  EXPECT_THAT([&] { RecordStore{FolderLock(folder.path())}; },
              testing::ThrowsMessage<BadInput>(
                  testing::HasSubstr("/records.jsonl: Too many levels of symbolic links")));
  EXPECT_EQ(folder.text_of("precious"), "of somebody");
}

TEST(RecordStore, DoesNotGoOnWithoutRecords) {
  const Folder folder;
  EXPECT_THAT([&] { RecordStore{FolderLock(folder.path())}; },
              testing::ThrowsMessage<BadInput>("cannot go on with " + folder.path() +
                                               "/records.jsonl: No such file or directory; begin a "
                                               "new run"));
}

TEST(ReplaceFile, LeavesNothingWhereItCannot) {
  const Folder folder;
  folder.write("run.json/file", "so that it cannot go");
  EXPECT_THAT([&] { replace_file(folder.path() + "/run.json", "new"); },
              testing::ThrowsMessage<SystemError>("rename(" + folder.path() +
                                                  "/run.json): Is a directory"));
  EXPECT_THAT(folder.names(), ElementsAre("run.json"));
}

TEST(ReplaceFile, LeavesOnlyTheNewText) {
  const Folder folder;
  replace_file(folder.path() + "/run.json", "a long old text");
  replace_file(folder.path() + "/run.json", "new");
  EXPECT_EQ(folder.text_of("run.json"), "new");
  EXPECT_THAT(folder.names(), ElementsAre("run.json"));
}

}  // namespace
}  // namespace timewait
