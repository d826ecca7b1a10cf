#include "harness/model/explanation.h"

#include <algorithm>

#include "harness/model/conflict_words.h"
#include "harness/model/remedy.h"
#include "harness/net/errno_name.h"

namespace timewait {
namespace {

constexpr std::size_t kMostSentences = 3;

/// Adds a sentence that was not said yet, as long as there are not too many.
void say(Explanation& sentences, Saying sentence) {
  if (sentences.size() < kMostSentences &&
      std::ranges::find(sentences, sentence) == sentences.end())
    sentences.push_back(std::move(sentence));
}

Explanation conflict_sentences(const Cell& cell, const Prediction& prediction,
                               const KernelTraits& traits) {
  const Conflict& conflict = *prediction.conflict;
  Saying clause = clause_sentence(conflict);
  if (prediction.outcome->call == SocketCall::listen)
    clause = {.phrase = Phrase::listen_repeats, .arguments = {std::move(clause)}};
  Explanation sentences = {holder_sentence(conflict), std::move(clause)};
  if (auto remedy = remedy_for(cell, conflict, traits)) say(sentences, std::move(*remedy));
  return sentences;
}

bool was(const PredictedSocket& socket, TcpState state) {
  return std::ranges::any_of(socket.moments,
                             [&](const auto& moment) { return moment.state == state; });
}

/// The last socket that was at this port and is gone; one that was connected tells more than the
/// listener that it came from.
const PredictedSocket* last_to_go(const Prediction& prediction, const ModelEntry& asks) {
  const PredictedSocket* last = nullptr;
  for (const PredictedSocket& socket : prediction.sockets)
    if (socket.protocol == asks.protocol && !socket.moments.back().state &&
        socket.last_alive().local.port() == asks.local.port() &&
        (last == nullptr || socket.last_alive().remote.port() != 0))
      last = &socket;
  return last;
}

/// How a socket came to its end, so that nothing is left of it.
Phrase how_it_ended(const PredictedSocket& socket) {
  if (socket.protocol == Protocol::udp) return Phrase::udp_leaves_nothing;
  const auto state = socket.last_alive().state;
  if (state == TcpState::listen) return Phrase::listener_leaves_nothing;
  if (state == TcpState::last_ack) return Phrase::closed_second;
  if (state == TcpState::time_wait) return Phrase::time_wait_taken_away;
  return was(socket, TcpState::established) ? Phrase::broken_off : Phrase::never_connected;
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

/// True for an entry that the attempt found and left there: not one that went away with what the
/// process had open when it executed another program.
bool is_still_there(const Prediction& prediction, const ModelEntry& entry) {
  return std::ranges::find(prediction.after, entry.id, &ModelEntry::id) != prediction.after.end();
}

/// A rule by which the kernel does not look at all, where one has decided.
std::optional<Rule> shortcut(const Prediction& prediction) {
  for (const Rule rule : {Rule::last_reuseport_binder_is_remembered, Rule::repair_takes_any_port,
                          Rule::udp_asks_the_newest, Rule::autobind_reuse_shares})
    if (std::ranges::find(prediction.rules, rule) != prediction.rules.end()) return rule;
  return std::nullopt;
}

Saying nothing_sentence(const Prediction& prediction, const ModelEntry& asks) {
  const std::string protocol(kProtocols.name(asks.protocol));
  const std::string port = std::to_string(asks.local.port());
  const PredictedSocket* last = last_to_go(prediction, asks);
  if (last == nullptr) return {.phrase = Phrase::nothing_else_holds, .arguments = {protocol, port}};
  return {.phrase = Phrase::nothing_else_holds_since,
          .arguments = {protocol, port, Saying{.phrase = how_it_ended(*last)}}};
}

/// Everything on the port that was not in the way.
Explanation harmless_entries(const Prediction& prediction, const ModelEntry& asks) {
  Explanation sentences;
  for (const ModelEntry& entry : prediction.before)
    if (entry.id != asks.id && entry.local.port() == asks.local.port() &&
        entry.protocol == asks.protocol && is_still_there(prediction, entry))
      say(sentences,
          {.phrase = Phrase::not_in_the_way,
           .arguments = {entry.local.text(), words_for(entry), why_not_in_the_way(entry, asks)}});
  return sentences;
}

Explanation bound_sentences(const Prediction& prediction) {
  const ModelEntry* asks = bound_socket(prediction);
  if (asks == nullptr) return {{.phrase = Phrase::nothing_in_the_way}};
  if (const auto rule = shortcut(prediction)) return {saying_of(*rule)};
  Explanation sentences = harmless_entries(prediction, *asks);
  if (sentences.empty()) sentences.push_back(nothing_sentence(prediction, *asks));
  const std::uint16_t port = asks->local.port();
  const bool is_elsewhere = std::ranges::any_of(prediction.before, [&](const ModelEntry& entry) {
    return entry.remote.port() == port && entry.local.port() != port &&
           entry.state == TcpState::time_wait && is_still_there(prediction, entry);
  });
  if (is_elsewhere) say(sentences, {.phrase = Phrase::time_wait_elsewhere});
  return sentences;
}

/// Whether a rule tells more than that TCP goes its usual way.
bool is_telling(Rule rule) {
  return !row_of(rule).source.starts_with("RFC") && rule != Rule::child_has_the_listeners_options &&
         rule != Rule::child_holds_the_port;
}

Saying deciding_sentence(const Prediction& prediction) {
  const Outcome& outcome = *prediction.outcome;
  if (prediction.rules.empty() && outcome.has_failed())
    return {.phrase = Phrase::descriptor_refuses,
            .arguments = {std::string(kSocketCalls.name(outcome.call)), errno_name(outcome.error)}};
  if (prediction.rules.empty()) return {.phrase = Phrase::no_rule_forbids};
  const auto telling = std::ranges::find_if(prediction.rules, is_telling);
  return saying_of(telling != prediction.rules.end() ? *telling : prediction.rules.back());
}

Saying free_after(Duration wait) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(wait).count();
  return {.phrase = Phrase::free_when_gone, .arguments = {std::to_string(seconds)}};
}

/// Whether the attempt gave its socket the port.
bool has_the_port(const Outcome& outcome) {
  const bool takes_port = outcome.call == SocketCall::bind || outcome.call == SocketCall::listen;
  return outcome.is_bound() || (takes_port && !outcome.has_failed());
}

}  // namespace

Explanation explanation_of(const Cell& cell, const Prediction& prediction,
                           const KernelTraits& traits) {
  if (!prediction.outcome) return {verbatim(prediction.trouble)};
  if (prediction.bound_after) return {free_after(*prediction.bound_after)};
  if (prediction.conflict && prediction.outcome->has_failed())
    return conflict_sentences(cell, prediction, traits);
  if (has_the_port(*prediction.outcome)) return bound_sentences(prediction);
  return {deciding_sentence(prediction)};
}

}  // namespace timewait
