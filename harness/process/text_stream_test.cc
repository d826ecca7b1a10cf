#include "harness/process/text_stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/base/error.h"
#include "harness/base/open_descriptors.h"

namespace timewait {
namespace {

constexpr std::size_t kRemembered = 65'536;

struct Pipe {
  UniqueFd read_end, write_end;
};

Pipe non_blocking_pipe() {
  int ends[2];
  check(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), "pipe2()");
  return {.read_end = UniqueFd(ends[0]), .write_end = UniqueFd(ends[1])};
}

/// Writes all of `text`; a pipe that is full is an Error.
void write(const UniqueFd& fd, std::string_view text) {
  const ssize_t size = check(::write(fd.get(), text.data(), text.size()), "write()");
  if (static_cast<std::size_t>(size) != text.size()) throw Error("the pipe is full");
}

TEST(TextStream, TakesWholeLinesOnly) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  write(pipe.write_end, "one\n\ntw");
  stream.drain();
  EXPECT_EQ(stream.take_line(), "one");
  EXPECT_EQ(stream.take_line(), "");
  EXPECT_EQ(stream.take_line(), std::nullopt);
  write(pipe.write_end, "o\n");
  stream.drain();
  EXPECT_EQ(stream.take_line(), "two");
}

TEST(TextStream, FindsAPhraseOnlyOnce) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  write(pipe.write_end, "hello, hel");
  stream.drain();
  EXPECT_TRUE(stream.find("hello"));
  EXPECT_FALSE(stream.find("hello"));
  write(pipe.write_end, "lo");
  stream.drain();
  EXPECT_TRUE(stream.find("hello"));
}

TEST(TextStream, FindsPhrasesInTheirOrder) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  write(pipe.write_end, "first\nsecond\nthird\n");
  stream.drain();
  EXPECT_TRUE(stream.find("second"));
  EXPECT_FALSE(stream.find("first"));
  EXPECT_EQ(stream.take_line(), "");
  EXPECT_EQ(stream.take_line(), "third");
}

TEST(TextStream, DoesNotWaitForWhatHasNotBeenWritten) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  stream.drain();
  EXPECT_GE(stream.fd(), 0);
  EXPECT_EQ(stream.text(), "");
}

TEST(TextStream, RemembersTheBeginningOfAFloodAndNoMore) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  write(pipe.write_end, "the beginning\n");
  const std::string block(4096, 'x');
  for (int i = 0; i < 256; ++i) {
    write(pipe.write_end, block);
    stream.drain();
  }
  EXPECT_EQ(stream.text().size(), kRemembered);
  EXPECT_EQ(stream.take_line(), "the beginning");
}

TEST(TextStream, TakesABoundedAmountAtOnce) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  constexpr int kMuch = 256 * 1024;
  ASSERT_GE(::fcntl(pipe.write_end.get(), F_SETPIPE_SZ, kMuch), kMuch);
  write(pipe.write_end, std::string(kMuch, 'x'));
  stream.drain();
  int left = 0;
  ASSERT_EQ(::ioctl(stream.fd(), FIONREAD, &left), 0);
  EXPECT_GT(left, 0);
  EXPECT_LT(left, kMuch);
}

TEST(TextStream, KeepsItsTextWhenTheWritersAreGone) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  write(pipe.write_end, "last words");
  pipe.write_end.reset();
  stream.drain();
  EXPECT_EQ(stream.fd(), -1);
  stream.drain();
  EXPECT_EQ(stream.text(), "last words");
}

TEST(TextStream, GivesItsDescriptorBack) {
  const auto before = open_descriptors();
  Pipe pipe = non_blocking_pipe();
  { const TextStream open_to_the_end(std::move(pipe.read_end)); }
  pipe.write_end.reset();
  EXPECT_EQ(open_descriptors(), before);
}

TEST(TextStream, TellsThatItWasCut) {
  Pipe pipe = non_blocking_pipe();
  TextStream stream(std::move(pipe.read_end));
  write(pipe.write_end, std::string(kRemembered, 'x'));
  stream.drain();
  EXPECT_FALSE(stream.is_cut());
  write(pipe.write_end, "y");
  stream.drain();
  EXPECT_TRUE(stream.is_cut());
}

}  // namespace
}  // namespace timewait
