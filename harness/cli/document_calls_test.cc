// Each document program makes exactly its document's socket calls, in the document's order: watched
// by strace, in a sandbox, with the partner it needs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

/// The socket calls that strace wrote down, one list for each process in the order of their births:
/// "socket bind(0.0.0.0:12000) listen(5)".
class Trace {
 public:
  explicit Trace(const std::string& path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) read(line);
  }

  std::vector<std::string> calls() const {
    std::vector<std::string> all;
    for (const std::string& pid : order_) all.push_back(calls_.at(pid));
    return all;
  }

 private:
  /// "12 listen(3, 5) = 0"; a call that another process interrupted comes in two parts.
  void read(const std::string& line) {
    static const std::regex kLine(R"(^(\d+) +(.*)$)");
    static const std::regex kUnfinished(R"(^(.*) <unfinished \.\.\.>$)");
    static const std::regex kResumed(R"(^<\.\.\. \w+ resumed>(.*)$)");
    std::smatch parts;
    if (!std::regex_match(line, parts, kLine)) return;
    const std::string pid = parts[1];
    std::string text = parts[2];
    if (std::regex_match(text, parts, kUnfinished)) {
      unfinished_[pid] = parts[1];
      return;
    }
    if (std::regex_match(text, parts, kResumed)) text = unfinished_[pid] + std::string(parts[1]);
    take(pid, text);
  }

  void take(const std::string& pid, const std::string& text) {
    static const std::regex kCall(R"(^(\w+)\((.*)\) += +(-?\d+).*$)");
    std::smatch parts;
    if (!std::regex_match(text, parts, kCall)) return;
    const std::string call = call_text(pid, parts[1], parts[2], parts[3]);
    if (call.empty()) return;
    if (!calls_.contains(pid)) order_.push_back(pid);
    std::string& all = calls_[pid];
    all += (all.empty() ? "" : " ") + call;
  }

  std::string call_text(const std::string& pid, const std::string& call,
                        const std::string& arguments, const std::string& result) {
    const std::string fd = arguments.substr(0, arguments.find(','));
    if (call == "socket" || call.starts_with("accept")) {
      sockets_.insert(result);
      return call == "socket" ? "socket" : "accept";
    }
    if (call == "execve") return std::exchange(executed_, true) ? "exec" : "";
    if (call == "clone" || call == "fork" || call == "vfork") return "fork";
    // A number that was closed may come back as a file, for example that of the time zone.
    if (!sockets_.contains(fd) || closed_.contains({pid, fd})) return "";
    if (call == "close") closed_.insert({pid, fd});
    if (call == "bind" || call == "connect") return call + "(" + address(arguments) + ")";
    if (call == "listen" || call == "setsockopt") return call + "(" + word(arguments) + ")";
    if (call == "sendto" || call == "recvfrom")
      return (call == "sendto" ? "send(" : "recv(") + size(arguments) + ")";
    return call;
  }

  static std::string first(const std::string& text, const char* pattern) {
    std::smatch found;
    return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "?";
  }
  static std::string address(const std::string& text) {
    return first(text, R"re(inet_addr\("([^"]+)"\))re") + ":" + first(text, R"(htons\((\d+)\))");
  }
  static std::string word(const std::string& text) {
    return first(text, R"((SO_\w+|IP_\w+|\d+$))");
  }
  static std::string size(const std::string& text) {
    return first(text, R"(, (\d+), \w+, NULL, (?:NULL|0)$)");
  }

  std::set<std::string> sockets_;
  std::set<std::pair<std::string, std::string>> closed_;
  std::map<std::string, std::string> unfinished_;
  std::map<std::string, std::string> calls_;
  std::vector<std::string> order_;
  bool executed_ = false;
};

struct Row {
  const char* name;
  std::string program;  ///< with its arguments
  std::string place;    ///< the sentence that says where it is
  std::string script;   ///< what happens once it runs
  std::vector<std::string> calls;
};

const Row kRows[] = {
    {"S1Server",
     "message_server",
     "listens on 0.0.0.0:12000",
     "await watched LISTEN\nclient runs message_client\nclient types hello\nclient exits\n"
     "watched exits\n",
     {"socket bind(0.0.0.0:12000) listen(5) accept recv(40) send(40) close close"}},
    {"S2Server",
     "message_server --with reuseaddr",
     "listens on 0.0.0.0:12000",
     "await watched LISTEN\nclient runs message_client\nclient types hello\nclient exits\n"
     "watched exits\n",
     {"socket setsockopt(SO_REUSEADDR) bind(0.0.0.0:12000) listen(5) accept recv(40) send(40) "
      "close "
      "close"}},
    {"S1Client",
     "message_client",
     "connects to 127.0.0.1:12000",
     "watched types hello\nwatched exits\n",
     {"socket connect(127.0.0.1:12000) send(40) recv(40) close"}},
    {"S3Server",
     "chat_server",
     "listens on 0.0.0.0:5120",
     "await watched LISTEN\nclient runs chat_client\nclient types hi\nclient prints hi\n"
     "client ends its input\nclient exits\nawait watched LISTEN\nwatched group gets SIGINT\n"
     "watched dies of SIGINT\n",
     {"socket bind(0.0.0.0:5120) listen(5) accept recv(1024) send(3) recv(1024) close"}},
    {"S3Client",
     "chat_client",
     "connects to 127.0.0.1:5120",
     "watched types hi\nwatched prints hi\nwatched ends its input\nwatched exits\n",
     {"socket connect(127.0.0.1:5120) send(3) recv(1024) close"}},
    {"S4Server",
     "listing3_server",
     "listens on 0.0.0.0:45000",
     "await watched LISTEN\nclient runs peer\nclient calls socket c\n"
     "client calls connect c 127.0.0.1:45000\nclient calls close c\nawait watched LISTEN\n"
     "watched group gets SIGINT\nwatched dies of SIGINT\n",
     {"socket setsockopt(SO_REUSEADDR) bind(0.0.0.0:45000) listen(5) accept recv(1024) close"}},
    {"S5Server",
     "daytime_server --until-told",
     "listens on 0.0.0.0:10013",
     "await watched LISTEN\nclient runs daytime_client\nclient exits\nwatched ends its input\n"
     "watched exits\n",
     {"socket setsockopt(SO_REUSEADDR) bind(0.0.0.0:10013) listen(5) accept fork close",
      "close write close"}},
    {"S5ServerKeepingTheListener",
     "daytime_server --until-told --keep-listener",
     "listens on 0.0.0.0:10013",
     "await watched LISTEN\nclient runs daytime_client\nclient exits\nwatched ends its input\n"
     "watched exits\n",
     {"socket setsockopt(SO_REUSEADDR) bind(0.0.0.0:10013) listen(5) accept fork close",
      "write close"}},
    {"S6Instance",
     "listing3_server --at 127.0.0.2:45000 --with plain",
     "listens on 127.0.0.2:45000",
     "await watched LISTEN\nwatched group gets SIGTERM\nwatched dies of SIGTERM\n",
     {"socket bind(127.0.0.2:45000) listen(5)"}},
    {"S7",
     "two_addresses",
     "listens on 127.0.0.1:10013",
     "watched ends its input\nwatched exits\n",
     {"socket socket setsockopt(SO_REUSEADDR) setsockopt(SO_REUSEADDR) bind(127.0.0.1:10013) "
      "bind(127.0.0.2:10013)"}},
    {"S8Tcp",
     "tcp_duplicate",
     "listens on 127.0.0.1:10013",
     "watched ends its input\nwatched exits\n",
     {"socket socket setsockopt(SO_REUSEADDR) setsockopt(SO_REUSEADDR) bind(127.0.0.1:10013) "
      "bind(127.0.0.1:10013)"}},
    {"S8Udp",
     "udp_duplicate",
     "listens on 127.0.0.1:10013",
     "watched ends its input\nwatched exits\n",
     {"socket socket setsockopt(SO_REUSEADDR) setsockopt(SO_REUSEADDR) bind(127.0.0.1:10013) "
      "bind(127.0.0.1:10013)"}},
    {"S8Multicast",
     "multicast_duplicate",
     "listens on 239.255.0.1:10013",
     "watched ends its input\nwatched exits\n",
     {"socket socket setsockopt(SO_REUSEADDR) setsockopt(SO_REUSEADDR) bind(239.255.0.1:10013) "
      "bind(239.255.0.1:10013) setsockopt(IP_ADD_MEMBERSHIP) setsockopt(IP_ADD_MEMBERSHIP)"}},
    {"S9",
     "two_listeners --with reuseport",
     "listens on 127.0.0.1:12000",
     "watched ends its input\nwatched exits\n",
     {"socket socket setsockopt(SO_REUSEPORT) setsockopt(SO_REUSEPORT) bind(127.0.0.1:12000) "
      "bind(127.0.0.1:12000) listen(5) listen(5)"}},
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class DocumentCalls : public testing::TestWithParam<Row> {};

/// A client needs its server first.
std::string partner_of(const Row& row) {
  if (row.program == "message_client") return "server runs message_server\n";
  if (row.program == "chat_client") return "server runs chat_server\n";
  return "";
}

TEST_P(DocumentCalls, AreThoseOfTheDocumentInItsOrder) {
  const Row& row = GetParam();
  if (!find_program("strace")) GTEST_SKIP() << "strace is not installed";
  const TemporaryFolder folder;
  const std::string trace = folder.path() + "/trace";
  const std::string file = folder.write(
      "watched.toml",
      "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\nscript = \"\"\"\n" +
          partner_of(row) + "watched runs strace -f -qq -e signal=none -o " + trace +
          " -e trace=%network,close,write,fork,vfork,clone,execve " TIMEWAIT_PROGRAMS "/" +
          row.program + "\nwatched " + row.place + "\n" + row.script +
          "bystander runs true\nbystander listens on 127.0.0.1:9\nprecondition bystander nothing\n"
          "rebind 127.0.0.1:9\n\"\"\"\n");
  const auto result = run_timewait({"run", file, "--no-out", "--step-timeout", "20"});
  ASSERT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(Trace(trace).calls(), testing::ElementsAreArray(row.calls));
}

INSTANTIATE_TEST_SUITE_P(Programs, DocumentCalls, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace timewait
