#include "harness/model/explanation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/model/address_rule.h"
#include "harness/model/remedy.h"

namespace timewait {
namespace {

/// What an entry is, for people.
std::string what_it_is(const ModelEntry& entry) {
  if (entry.state == TcpState::listen) return "a listener";
  if (entry.protocol == Protocol::udp) return "a UDP socket";
  if (entry.state == TcpState::bound) return "a socket that is bound and idle";
  const std::string_view state = kTcpStates.name(entry.state);
  const auto left = [&] { return std::chrono::ceil<std::chrono::seconds>(*entry.left).count(); };
  if (!entry.is_mini) return fmt::format("a connection in {}", state);
  if (!entry.left) return fmt::format("a {} entry", state);
  return fmt::format("a {} entry ({} s left)", state, left());
}

std::string options_of(const ModelEntry& entry) {
  if (entry.reuseaddr && entry.reuseport) return "SO_REUSEADDR and SO_REUSEPORT";
  if (entry.reuseaddr) return "SO_REUSEADDR";
  if (entry.reuseport) return "SO_REUSEPORT";
  return "neither SO_REUSEADDR nor SO_REUSEPORT";
}

std::string holder_sentence(const Conflict& conflict) {
  const ModelEntry& entry = conflict.entry;
  return fmt::format("{} is held by {} whose socket {} {}.", entry.local.text(), what_it_is(entry),
                     entry.is_mini ? "had" : "has", options_of(entry));
}

std::string address_words(const Conflict& conflict) {
  const Endpoint asked = conflict.asks.local;
  const Endpoint held = conflict.entry.local;
  if (is_same_address(asked, held)) return {};
  return fmt::format("{} overlaps with it, and ", asked.host());
}

/// Why the options do not keep the two out of each other's way.
std::string clause_sentence(const Conflict& conflict) {
  const ModelEntry& old = conflict.entry;
  const ModelEntry& asks = conflict.asks;
  const std::string where = address_words(conflict);
  if (old.reuseaddr && asks.reuseaddr)
    return where + "SO_REUSEADDR on both does not help against LISTEN.";
  if (old.reuseport && asks.reuseport)
    return where + fmt::format(
                       "SO_REUSEPORT on both helps one user only, and the sockets belong "
                       "to uid {} and uid {}.",
                       old.uid, asks.uid);
  if (asks.reuseaddr && old.reuseport)
    return where + "one with SO_REUSEADDR and one with SO_REUSEPORT are not a pair.";
  if (asks.reuseport && old.reuseaddr)
    return where + "one with SO_REUSEPORT and one with SO_REUSEADDR are not a pair.";
  if (asks.reuseaddr || asks.reuseport)
    return where + fmt::format(
                       "both sockets need {}, so setting it on the new one alone does not "
                       "help.",
                       options_of(asks));
  if (old.reuseaddr || old.reuseport)
    return where + fmt::format("both sockets need {}, and the new one has not set it.",
                               old.reuseaddr ? "SO_REUSEADDR" : "SO_REUSEPORT");
  return where + "none of them has set an option that both would need.";
}

std::string capitalised(std::string sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
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

/// Why an entry on the same port is not in the way of a socket that was bound.
std::string why_not_in_the_way(const ModelEntry& entry, const ModelEntry& asks) {
  RuleBook rules;
  if (!is_in_the_way(rules, {.at = asks.local, .v6only = asks.v6only},
                     {.at = entry.local, .v6only = entry.v6only}))
    return fmt::format("{} does not overlap with it", asks.local.host());
  if (!entry.device.empty() && !asks.device.empty() && entry.device != asks.device)
    return "the sockets are bound to different devices";
  if (entry.reuseaddr && asks.reuseaddr && entry.state != TcpState::listen)
    return "both sockets have SO_REUSEADDR and it does not listen";
  if (entry.reuseport && asks.reuseport) return "both sockets have SO_REUSEPORT";
  return "the kernel does not ask this entry";
}

/// How the last connection at this port came to its end, so that nothing is left of it.
std::string how_it_ended(const Prediction& prediction, std::uint16_t port) {
  const PredictedSocket* last = nullptr;
  for (const PredictedSocket& socket : prediction.sockets)
    if (socket.last_alive().local.port() == port && socket.last_alive().remote.port() != 0 &&
        !socket.moments.back().state)
      last = &socket;
  if (last == nullptr) return "nobody was connected, and a listener leaves nothing behind.";
  const auto state = last->last_alive().state;
  if (state == TcpState::last_ack) return "this end closed second, and that leaves nothing behind.";
  if (state == TcpState::time_wait) return "its TIME_WAIT entry has been taken away.";
  return "its connection was reset, and a reset leaves nothing behind.";
}

std::string bound_sentences(const Prediction& prediction) {
  const auto is_new = [&](const ModelEntry& entry) {
    return std::ranges::find(prediction.before, entry.id, &ModelEntry::id) ==
           prediction.before.end();
  };
  const auto asks = std::ranges::find_if(prediction.after, is_new);
  if (asks == prediction.after.end()) return "Nothing is in the way.";
  const std::uint16_t port = asks->local.port();
  std::vector<std::string> sentences;
  for (const ModelEntry& entry : prediction.before)
    if (entry.local.port() == port && entry.protocol == asks->protocol && sentences.size() < 3)
      sentences.push_back(fmt::format("{} has {}, which is not in the way: {}.", entry.local.text(),
                                      what_it_is(entry), why_not_in_the_way(entry, *asks)));
  if (sentences.empty())
    sentences.push_back(
        fmt::format("Nothing holds port {}: {}", port, how_it_ended(prediction, port)));
  const auto elsewhere = std::ranges::find_if(prediction.before, [&](const ModelEntry& entry) {
    return entry.remote.port() == port && entry.state == TcpState::time_wait;
  });
  if (elsewhere != prediction.before.end() && sentences.size() < 3)
    sentences.push_back(
        "The TIME_WAIT entry is at the other end, where its local port is another one.");
  return fmt::format("{}", fmt::join(sentences, " "));
}

std::string rule_sentences(const Prediction& prediction) {
  if (prediction.rules.empty()) return "No rule forbids it.";
  return std::string(row_of(prediction.rules.back()).says);
}

}  // namespace

std::string explanation_of(const Cell& cell, const Prediction& prediction,
                           const KernelTraits& traits) {
  if (!prediction.outcome) return prediction.trouble;
  if (prediction.conflict) return conflict_sentences(cell, prediction, traits);
  if (prediction.outcome->is_bound()) return bound_sentences(prediction);
  return rule_sentences(prediction);
}

}  // namespace timewait
