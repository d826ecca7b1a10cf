#include "harness/report/ladder_sides.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

bool is_local(const ActorRecord& actor) {
  return actor.place && actor.place->side == ActorPlace::Side::local;
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

std::string joined(const std::vector<std::string>& names, std::string_view plural) {
  constexpr std::size_t kMostNamed = 2;
  if (names.size() > kMostNamed) return fmt::format("{} {}", names.size(), plural);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

std::string port_mark(std::uint16_t port) { return fmt::format(" :{}", port); }

}  // namespace

LadderSides::LadderSides(const Record& record) {
  place_server(record);
  name_actors(record);
  count(record.table_before);
  count(record.table_after);
  for (const StepRecord& step : record.steps)
    if (step.table) count(*step.table);
  if (record.evidence) count(record.evidence->timeline);
}

void LadderSides::place_server(const Record& record) {
  const auto server = std::ranges::find_if(record.actors, is_local);
  server_ = server == record.actors.end() ? record.attempt_place.endpoint : server->place->endpoint;
}

void LadderSides::name_actors(const Record& record) {
  for (const ActorRecord& actor : record.actors) {
    const bool is_server = is_local(actor) && actor.place->endpoint.port() == server_.port();
    add_once(actors_.of(is_server ? Lifeline::server : Lifeline::client), actor.name);
  }
  const std::string server = joined(actors_.server, "servers");
  titles_.server = server.empty() ? server_.text() : server + " " + server_.text();
  titles_.client = joined(actors_.client, "clients");
}

void LadderSides::count(const Table& table) {
  for (const SocketEntry& entry : table)
    if (entry.remote.port() != 0)
      client_ports_.insert(client_port(entry.local, entry.remote));
    else if (of(entry.local) == Lifeline::server)
      server_addresses_.insert(entry.local.host());
}

void LadderSides::count(const Timeline& timeline) {
  for (const Event& event : timeline)
    if (const auto* seen = std::get_if<TableSeen>(&event.what))
      count(seen->table);
    else if (const auto* arrived = std::get_if<SegmentArrived>(&event.what);
             arrived != nullptr && arrived->segment.kind != Segment::Kind::other)
      client_ports_.insert(client_port(arrived->segment.from, arrived->segment.to));
}

std::uint16_t LadderSides::client_port(const Endpoint& one, const Endpoint& other) const {
  return of(one) == Lifeline::server ? other.port() : one.port();
}

Lifeline LadderSides::of(const Endpoint& end) const {
  return end.port() == server_.port() ? Lifeline::server : Lifeline::client;
}

Lifeline LadderSides::of_actor(const std::string& name) const {
  const bool is_server = std::ranges::find(actors_.server, name) != actors_.server.end();
  return is_server ? Lifeline::server : Lifeline::client;
}

std::string LadderSides::mark_of(const SocketEntry& entry) const {
  if (entry.remote.port() != 0)
    return client_ports_.size() > 1 ? port_mark(client_port(entry.local, entry.remote)) : "";
  if (of(entry.local) == Lifeline::client) return port_mark(entry.local.port());
  return server_addresses_.size() > 1 ? " " + entry.local.host() : "";
}

std::string LadderSides::mark_of(const Segment& segment) const {
  if (segment.kind == Segment::Kind::other || client_ports_.size() < 2) return "";
  return port_mark(client_port(segment.from, segment.to));
}

}  // namespace timewait
