#include "harness/net/call.h"

#include <algorithm>
#include <iterator>

#include "harness/base/number.h"
#include "harness/net/errno_name.h"

namespace timewait {
namespace {

constexpr int kBacklog = 5;
constexpr int kLargestNumber = 1 << 20;  // bytes of one send() or recv(), seconds of SO_LINGER
constexpr int kLargestSize = 64;         // of an option_len that is told

constexpr CallRow kRows[] = {
    {CallName::socket, "socket", "NEWNAME [KIND]", SocketCall::socket},
    {CallName::set, "set", "NAME OPTIONS", SocketCall::setsockopt},
    {CallName::bind, "bind", "NAME ADDRESS", SocketCall::bind},
    {CallName::listen, "listen", "NAME [BACKLOG]", SocketCall::listen},
    {CallName::accept, "accept", "NAME NEWNAME", SocketCall::accept},
    {CallName::connect, "connect", "NAME ADDRESS", SocketCall::connect},
    {CallName::disconnect, "disconnect", "NAME", SocketCall::connect},
    {CallName::send, "send", "NAME BYTES [oob]", SocketCall::send},
    {CallName::recv, "recv", "NAME BYTES", SocketCall::recv},
    {CallName::shutdown, "shutdown", "NAME DIRECTION", SocketCall::shutdown},
    {CallName::linger, "linger", "NAME SECONDS", SocketCall::setsockopt},
    {CallName::setsockopt, "setsockopt", "NAME OPTION VALUE [SIZE]", SocketCall::setsockopt},
    {CallName::getsockopt, "getsockopt", "NAME OPTION", SocketCall::getsockopt},
    {CallName::getsockname, "getsockname", "NAME", SocketCall::getsockname},
    {CallName::getpeername, "getpeername", "NAME", SocketCall::getpeername},
    {CallName::poll, "poll", "NAME MILLISECONDS [READINESS]", SocketCall::poll},
    {CallName::nonblock, "nonblock", "NAME", SocketCall::fcntl},
    {CallName::dup, "dup", "NAME NEWNAME", SocketCall::dup},
    {CallName::close, "close", "NAME", SocketCall::close},
    {CallName::seteuid, "seteuid", "UID", SocketCall::seteuid},
    {CallName::unshare, "unshare", "", SocketCall::unshare},
    {CallName::exit, "exit", "", SocketCall::close},
};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string usage_of(const CallRow& row) {
  return std::string(row.word) + (row.arguments.empty() ? "" : " ") + std::string(row.arguments);
}

const CallRow& row_called(std::span<const std::string> words) {
  const std::string name = words.empty() ? "" : words.front();
  const auto* found = std::ranges::find(kRows, name, &CallRow::word);
  if (found != std::end(kRows)) return *found;
  std::string names;
  for (const CallRow& row : kRows) names.append(names.empty() ? "" : ", ").append(row.word);
  throw CallError(0, quoted(name) + " is none of " + names);
}

/// Fills a call from the words behind its name.
class ArgumentReader {
 public:
  ArgumentReader(const CallRow& row, std::span<const std::string> words)
      : row_(row), words_(words) {
    call_.name = row.name;
    if (row.name == CallName::listen) call_.number = kBacklog;
  }

  Call read() {
    for (std::string_view argument : split(row_.arguments)) {
      const bool optional = argument.starts_with('[');
      if (optional) argument = argument.substr(1, argument.size() - 2);
      if (at_ == words_.size()) {
        if (optional) break;
        fail("the call is: " + usage_of(row_));
      }
      take(argument, words_[at_]);
      ++at_;
    }
    if (at_ < words_.size()) fail("the call is: " + usage_of(row_));
    return std::move(call_);
  }

 private:
  [[noreturn]] void fail(const std::string& message) const { throw CallError(at_, message); }

  template <typename Table>
  auto word_of(const Table& table, const std::string& word) const {
    const auto found = table.find(word);
    if (!found) fail(quoted(word) + " is none of " + table.names());
    return *found;
  }

  void take(std::string_view argument, const std::string& word) {
    if (argument == "NAME") {
      call_.socket = word;
    } else if (argument == "NEWNAME") {
      take_new_name(word);
    } else if (argument == "KIND") {
      call_.kind = word_of(kSocketKinds, word);
    } else if (argument == "OPTIONS") {
      call_.options = word_of(kOptionSets, word);
    } else if (argument == "ADDRESS") {
      take_address(word);
    } else if (argument == "oob") {
      if (word != "oob") fail(quoted(word) + " is not oob");
      call_.urgent = true;
    } else if (argument == "DIRECTION") {
      call_.direction = word_of(kDirections, word);
    } else if (argument == "READINESS") {
      call_.readiness = word_of(kReadinesses, word);
    } else if (argument == "OPTION") {
      take_option(word);
    } else if (argument == "VALUE") {
      take_value(word);
    } else if (argument == "SIZE") {
      call_.size = static_cast<socklen_t>(number_of(word, kLargestSize));
    } else {
      call_.number = number_of(word, kLargestNumber);
    }
  }

  int number_of(const std::string& word, int most) const {
    const auto number = parse_number(word, 0, most);
    if (!number) fail(quoted(word) + " is not a number from 0 to " + std::to_string(most));
    return static_cast<int>(*number);
  }

  void take_new_name(const std::string& word) {
    if (parse_number(word)) fail(quoted(word) + " is the number of a descriptor, not a name");
    // What accept() gives is a new socket beside the one it is called on.
    (call_.name == CallName::socket ? call_.socket : call_.new_name) = word;
  }

  void take_address(const std::string& word) {
    const auto address = Endpoint::parse(word);
    if (!address) fail(quoted(word) + " is not ADDRESS:PORT");
    call_.address = *address;
  }

  void take_option(const std::string& word) {
    const auto option = find_socket_option(word);
    if (!option) fail(quoted(word) + " is no option and not LEVEL:NUMBER either");
    call_.option = *option;
  }

  void take_value(const std::string& word) {
    const auto value = parse_option_value(call_.option.type, word);
    if (!value) fail(call_.option.name + " does not take " + quoted(word));
    call_.value = *value;
  }

  const CallRow& row_;
  std::span<const std::string> words_;
  std::size_t at_ = 1;
  Call call_;
};

std::string text_of(const OptionValue& value) {
  switch (value.form) {
    case OptionValue::Form::number:
      return std::to_string(value.first);
    case OptionValue::Form::pair:
      return std::to_string(value.first) + ":" + std::to_string(value.second);
    case OptionValue::Form::word:
      return value.word;
    case OptionValue::Form::nowhere:
      return "nowhere";
  }
  return {};
}

/// One argument as it is read; empty for one that may be left out and has its default.
std::string argument_of(const Call& call, std::string_view argument) {
  if (argument == "NAME") return call.socket;
  if (argument == "NEWNAME") return call.name == CallName::socket ? call.socket : call.new_name;
  if (argument == "[KIND]")
    return call.kind == SocketKind::tcp ? "" : std::string(kSocketKinds.name(call.kind));
  if (argument == "OPTIONS") return std::string(kOptionSets.name(call.options));
  if (argument == "ADDRESS") return call.address.text();
  if (argument == "[oob]") return call.urgent ? "oob" : "";
  if (argument == "DIRECTION") return std::string(kDirections.name(call.direction));
  if (argument == "[READINESS]")
    return call.readiness == Readiness::in ? "" : std::string(kReadinesses.name(call.readiness));
  if (argument == "OPTION") return call.option.name;
  if (argument == "VALUE") return text_of(call.value);
  if (argument == "[SIZE]") return call.size ? std::to_string(*call.size) : "";
  if (argument == "[BACKLOG]" && call.number == kBacklog) return "";
  return std::to_string(call.number);
}

}  // namespace

std::span<const CallRow> call_table() { return kRows; }

const CallRow& row_of(CallName name) { return *std::ranges::find(kRows, name, &CallRow::name); }

Call parse_call(std::span<const std::string> words) {
  return ArgumentReader(row_called(words), words).read();
}

std::string text_of(const Call& call) {
  const CallRow& row = row_of(call.name);
  std::string text(row.word);
  for (const std::string_view argument : split(row.arguments))
    if (const std::string word = argument_of(call, argument); !word.empty())
      text.append(" ").append(word);
  return text;
}

std::string Answer::text() const {
  if (!ok()) return errno_name(error);
  return address ? address->text() : std::to_string(value);
}

}  // namespace timewait
