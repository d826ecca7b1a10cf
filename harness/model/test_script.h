#pragma once

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/kernel_model.h"

namespace timewait {

/// For tests: the lines of a script, which are parted by line ends or semicolons. `connection` is
/// a listener l whose connection s comes from c; `bound connection` has SO_REUSEADDR on both sides,
/// and c is bound.
inline std::vector<std::string> script_lines(std::string_view text) {
  constexpr std::string_view kConnection =
      "socket l; bind l 127.0.0.1:12000; listen l; "
      "socket c; connect c 127.0.0.1:12000; accept l s";
  constexpr std::string_view kBoundConnection =
      "socket l; set l reuseaddr; bind l 127.0.0.1:12000; listen l; "
      "socket c; set c reuseaddr; bind c 127.0.0.1:13000; connect c 127.0.0.1:12000; accept l s";
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(";\n"), text.size());
    std::string line(text.substr(0, end));
    line.erase(0, line.find_first_not_of(' '));
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool is_bound = line == "bound connection";
    if (is_bound || line == "connection") {
      for (std::string& part : script_lines(is_bound ? kBoundConnection : kConnection))
        lines.push_back(std::move(part));
    } else if (!line.empty()) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

/// For tests: plays a script on a model. A line is a call, as a peer reads it. Beside these there
/// are `as NAME` (the process that makes the calls from here on), `fork NAME`, `ends`, `loopback
/// up|down`, `device NAME ADDRESS`, `route ADDRESS`, `sysctl NAME = VALUE...` and `advance
/// MILLISECONDS`.
class ModelScript {
 public:
  /// Plays the lines of `text`; more can be played later.
  void play(std::string_view text) {
    for (const std::string& line : script_lines(text)) step(line);
  }

  /// What each call answered, in order: "0", "EADDRINUSE", "waits".
  const std::vector<std::string>& answers() const { return answers_; }
  std::string last() const { return answers_.empty() ? "" : answers_.back(); }
  const ModelAnswer& answer() const { return answer_; }
  KernelModel& model() { return model_; }

  /// "TIME_WAIT 127.0.0.1:12000, LISTEN 0.0.0.0:12000", in the order of the table.
  std::string table() const {
    std::string text;
    for (const ModelEntry& entry : model_.table())
      text.append(text.empty() ? "" : ", ")
          .append(kTcpStates.name(entry.state))
          .append(" ")
          .append(entry.local.text());
    return text;
  }

  /// The states through which the socket went, "LISTEN, gone".
  std::string states_of(int id) const {
    std::string text;
    for (const StateChange& change : model_.history())
      if (change.id == id)
        text.append(text.empty() ? "" : ", ")
            .append(change.is_gone ? "gone" : kTcpStates.name(change.state));
    return text;
  }

  /// Everything that can be told apart: answers, and the table after each of them.
  const std::string& story() const { return story_; }

 private:
  void step(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream stream(line);
    for (std::string word; stream >> word;) words.push_back(word);
    if (words.empty()) return;
    if (!surroundings(words)) call(words);
    story_ += table() + "\n";
    for (const ModelEntry& entry : model_.table())
      story_ +=
          std::to_string(entry.unread) + (entry.left ? std::to_string(entry.left->count()) : "");
  }

  bool surroundings(const std::vector<std::string>& words) {
    const std::string& verb = words.front();
    if (verb == "as") {
      who_ = words[1];
    } else if (verb == "fork") {
      processes_[words[1]] = model_.fork_process(process());
    } else if (verb == "ends") {
      model_.end_process(process());
    } else if (verb == "loopback") {
      model_.set_loopback(words[1] == "up");
    } else if (verb == "device") {
      model_.add_device(words[1], *Endpoint::parse(words[2]));
    } else if (verb == "route") {
      model_.add_route(*Endpoint::parse(words[1]));
    } else if (verb == "sysctl") {
      std::string value;
      for (std::size_t i = 3; i < words.size(); ++i) value += (i > 3 ? " " : "") + words[i];
      model_.set_sysctl(words[1], value);
    } else if (verb == "advance") {
      model_.advance(std::chrono::milliseconds(std::stoi(words[1])));
    } else {
      return false;
    }
    return true;
  }

  void call(const std::vector<std::string>& words) {
    answer_ = model_.call(process(), parse_call(words));
    answers_.push_back(answer_.waits ? "waits" : answer_.answer.text());
    story_ += answers_.back() + " ";
  }

  int process() {
    const auto found = processes_.find(who_);
    if (found != processes_.end()) return found->second;
    return processes_[who_] = model_.start_process();
  }

  KernelModel model_;
  std::map<std::string, int> processes_;
  std::string who_ = "one";
  std::vector<std::string> answers_;
  ModelAnswer answer_;
  std::string story_;
};

}  // namespace timewait
