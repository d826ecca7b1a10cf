#include "harness/model/explanation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/model/conflict_words.h"
#include "harness/model/remedy.h"
#include "harness/net/errno_name.h"

namespace timewait {
namespace {

constexpr std::size_t kMostSentences = 3;

/// A sentence with a capital at its beginning, unless that is a name of the kernel's.
std::string capitalised(std::string sentence) {
  const std::string_view first_word = std::string_view(sentence).substr(0, sentence.find(' '));
  const bool is_name = first_word.find_first_of("_()") != std::string_view::npos;
  if (!is_name && !sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

std::string conflict_sentences(const Cell& cell, const Prediction& prediction,
                               const KernelTraits& traits) {
  const Conflict& conflict = *prediction.conflict;
  std::vector<std::string> sentences = {holder_sentence(conflict),
                                        capitalised(clause_sentence(conflict))};
  if (prediction.outcome->call == SocketCall::listen)
    sentences[1] = "listen() repeats the test of bind(): " + clause_sentence(conflict);
  if (std::string remedy = remedy_for(cell, conflict, traits); !remedy.empty())
    sentences.push_back(std::move(remedy));
  return fmt::format("{}", fmt::join(sentences, " "));
}

bool was(const PredictedSocket& socket, TcpState state) {
  return std::ranges::any_of(socket.moments,
                             [&](const auto& moment) { return moment.state == state; });
}

/// How what was at this port came to its end, so that nothing is left; empty where nothing was.
std::string how_it_ended(const Prediction& prediction, const ModelEntry& asks) {
  const PredictedSocket* last = nullptr;
  for (const PredictedSocket& socket : prediction.sockets)
    if (socket.protocol == asks.protocol && !socket.moments.back().state &&
        socket.last_alive().local.port() == asks.local.port() &&
        (last == nullptr || socket.last_alive().remote.port() != 0))
      last = &socket;
  if (last == nullptr) return {};
  if (last->protocol == Protocol::udp) return "UDP sockets leave nothing behind.";
  const auto state = last->last_alive().state;
  if (state == TcpState::listen)
    return "nobody was connected, and a listener leaves nothing behind.";
  if (state == TcpState::last_ack) return "this end closed second, and that leaves nothing behind.";
  if (state == TcpState::time_wait) return "its TIME_WAIT entry has been taken away.";
  return was(*last, TcpState::established)
             ? "its connection was broken off, and that leaves nothing behind."
             : "it was never connected.";
}

/// The socket that the attempt has bound or made listen; null when there is none in the table.
const ModelEntry* bound_socket(const Prediction& prediction) {
  const auto is_changed = [&](const ModelEntry& entry) {
    return std::ranges::none_of(prediction.before, [&](const ModelEntry& old) {
      return old.id == entry.id && old.state == entry.state;
    });
  };
  const auto found = std::ranges::find_if(prediction.after, is_changed);
  return found == prediction.after.end() ? nullptr : &*found;
}

/// A rule by which the kernel does not look at all, where one has decided.
std::string shortcut_sentence(const Prediction& prediction) {
  for (const Rule rule : {Rule::last_reuseport_binder_is_remembered, Rule::repair_takes_any_port,
                          Rule::udp_asks_the_newest, Rule::autobind_reuse_shares})
    if (std::ranges::find(prediction.rules, rule) != prediction.rules.end())
      return std::string(row_of(rule).says);
  return {};
}

std::string nothing_sentence(const Prediction& prediction, const ModelEntry& asks) {
  const std::string end = how_it_ended(prediction, asks);
  const std::string nothing = fmt::format("Nothing else holds {} port {}",
                                          kProtocols.name(asks.protocol), asks.local.port());
  return end.empty() ? nothing + "." : fmt::format("{}: {}", nothing, end);
}

std::string bound_sentences(const Prediction& prediction) {
  const ModelEntry* asks = bound_socket(prediction);
  if (asks == nullptr) return "Nothing is in the way.";
  if (std::string shortcut = shortcut_sentence(prediction); !shortcut.empty()) return shortcut;
  const std::uint16_t port = asks->local.port();
  std::vector<std::string> sentences;
  for (const ModelEntry& entry : prediction.before)
    if (entry.id != asks->id && entry.local.port() == port && entry.protocol == asks->protocol &&
        sentences.size() < kMostSentences)
      sentences.push_back(fmt::format("{} has {}, which is not in the way: {}.", entry.local.text(),
                                      words_for(entry), why_not_in_the_way(entry, *asks)));
  if (sentences.empty()) sentences.push_back(nothing_sentence(prediction, *asks));
  const auto elsewhere = std::ranges::find_if(prediction.before, [&](const ModelEntry& entry) {
    return entry.remote.port() == port && entry.local.port() != port &&
           entry.state == TcpState::time_wait;
  });
  if (elsewhere != prediction.before.end() && sentences.size() < kMostSentences)
    sentences.push_back(
        "The TIME_WAIT entry is at the other end, where its local port is another one.");
  return fmt::format("{}", fmt::join(sentences, " "));
}

/// Whether a rule tells more than that TCP goes its usual way.
bool is_telling(Rule rule) {
  return !row_of(rule).source.starts_with("RFC") && rule != Rule::child_has_the_listeners_options &&
         rule != Rule::child_holds_the_port;
}

std::string rule_sentence(const Prediction& prediction) {
  const Outcome& outcome = *prediction.outcome;
  if (prediction.rules.empty() && outcome.has_failed())
    return fmt::format("{}() answers {} to a descriptor in this state.",
                       kSocketCalls.name(outcome.call), errno_name(outcome.error));
  if (prediction.rules.empty()) return "No rule forbids it.";
  const auto telling = std::ranges::find_if(prediction.rules, is_telling);
  return std::string(
      row_of(telling != prediction.rules.end() ? *telling : prediction.rules.back()).says);
}

/// Whether the attempt gave its socket the port.
bool has_the_port(const Outcome& outcome) {
  const bool takes_port = outcome.call == SocketCall::bind || outcome.call == SocketCall::listen;
  return outcome.is_bound() || (takes_port && !outcome.has_failed());
}

}  // namespace

std::string explanation_of(const Cell& cell, const Prediction& prediction,
                           const KernelTraits& traits) {
  if (!prediction.outcome) return prediction.trouble;
  if (prediction.bound_after)
    return fmt::format("The port is free when the entry that holds it is gone, after {} s.",
                       std::chrono::round<std::chrono::seconds>(*prediction.bound_after).count());
  if (prediction.conflict && prediction.outcome->has_failed())
    return conflict_sentences(cell, prediction, traits);
  if (has_the_port(*prediction.outcome)) return bound_sentences(prediction);
  return rule_sentence(prediction);
}

}  // namespace timewait
