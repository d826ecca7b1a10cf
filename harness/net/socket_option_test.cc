#include "harness/net/socket_option.h"

#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cerrno>

#include "harness/base/unique_fd.h"
#include "harness/net/errno_name.h"

namespace timewait {
namespace {

using Form = OptionValue::Form;
using Type = SocketOption::Type;

UniqueFd tcp_socket() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

/// What setting an option gives: "0" or the errno.
std::string set_answer(int fd, const std::string& name, const std::string& text,
                       std::optional<socklen_t> size = {}) {
  const SocketOption option = find_socket_option(name).value();
  const OptionValue value = parse_option_value(option.type, text).value();
  return set_option(fd, option, value, size) == 0 ? "0" : errno_name(errno);
}

TEST(SocketOption, IsFoundByItsNameOrItsNumbers) {
  EXPECT_EQ(find_socket_option("SO_LINGER")->type, Type::linger);
  const auto numbered = find_socket_option("6:13");
  ASSERT_TRUE(numbered);
  EXPECT_EQ(numbered->name, "6:13");
  EXPECT_EQ(numbered->level, IPPROTO_TCP);
  EXPECT_EQ(numbered->number, 13);
  for (const char* name : {"", "SO_FLY", "so_linger", "1:", ":1", "1:x", "-1:1", "1:2147483648"})
    EXPECT_FALSE(find_socket_option(name)) << name;
}

TEST(SocketOption, TakesWhatItsTypeTakes) {
  const struct {
    Type type;
    const char* text;
    OptionValue value;
  } rows[] = {
      {Type::number, "-7", {.first = -7}},
      {Type::linger, "1:5", {.form = Form::pair, .first = 1, .second = 5}},
      {Type::linger, "1", {.first = 1}},
      {Type::timeval, "9223372036854775807:0", {.form = Form::pair, .first = 9223372036854775807}},
      {Type::text, "va", {.form = Form::word, .word = "va"}},
      {Type::filter, "drop", {.form = Form::word, .word = "drop"}},
      {Type::filter, "nowhere", {.form = Form::nowhere}},
  };
  for (const auto& row : rows)
    EXPECT_EQ(parse_option_value(row.type, row.text), row.value) << row.text;
}

TEST(SocketOption, DoesNotTakeAnotherTypesValue) {
  const struct {
    Type type;
    const char* text;
  } rows[] = {
      {Type::number, "1:5"}, {Type::number, "2147483648"},
      {Type::number, "yes"}, {Type::linger, "1:2147483648"},
      {Type::linger, "1:"},  {Type::filter, "keep"},
      {Type::filter, "0"},
  };
  for (const auto& row : rows) EXPECT_FALSE(parse_option_value(row.type, row.text)) << row.text;
}

TEST(SocketOption, IsSetAndReadInItsOwnUnit) {
  const UniqueFd fd = tcp_socket();
  const struct {
    const char* name;
    const char* value;
    int shown;
  } rows[] = {
      {"SO_KEEPALIVE", "1", 1},          {"SO_LINGER", "1:7", 7},      {"SO_LINGER", "0:7", -1},
      {"SO_RCVTIMEO", "2:500000", 2500}, {"SO_SNDBUF", "8192", 16384}, {"TCP_LINGER2", "-1", -1},
      {"TCP_FASTOPEN_CONNECT", "1", 1},  {"IP_FREEBIND", "1", 1},      {"6:1", "1", 1},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(set_answer(fd.get(), row.name, row.value), "0") << row.name;
    EXPECT_EQ(get_option(fd.get(), *find_socket_option(row.name)), row.shown) << row.name;
  }
}

TEST(SocketOption, AttachesFilters) {
  const UniqueFd fd = tcp_socket();
  EXPECT_EQ(set_answer(fd.get(), "SO_ATTACH_FILTER", "drop"), "0");
  EXPECT_EQ(set_answer(fd.get(), "SO_DETACH_FILTER", "0"), "0");
  EXPECT_EQ(set_answer(fd.get(), "SO_DETACH_FILTER", "0"), "ENOENT");
}

TEST(SocketOption, GivesTheKernelWhatItMustRefuse) {
  const UniqueFd fd = tcp_socket();
  EXPECT_EQ(set_answer(fd.get(), "SO_KEEPALIVE", "nowhere"), "EFAULT");
  EXPECT_EQ(set_answer(fd.get(), "SO_KEEPALIVE", "1", 3), "EINVAL");
  EXPECT_EQ(set_answer(fd.get(), "SO_LINGER", "1"), "EINVAL");
  EXPECT_EQ(set_answer(fd.get(), "SO_BINDTODEVICE", "no-such-device"), "ENODEV");
  EXPECT_EQ(set_answer(fd.get(), "1:9999", "1"), "ENOPROTOOPT");
  EXPECT_EQ(set_answer(-1, "SO_KEEPALIVE", "1"), "EBADF");
}

}  // namespace
}  // namespace timewait
