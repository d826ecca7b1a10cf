#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/run/record.h"

namespace timewait {

/// The two lifelines of a ladder diagram, left and right.
enum class Lifeline { server, client };

/// One thing for each lifeline.
template <typename Thing>
struct ForBoth {
  Thing server{};
  Thing client{};

  Thing& of(Lifeline line) { return line == Lifeline::server ? server : client; }
  const Thing& of(Lifeline line) const { return line == Lifeline::server ? server : client; }
};

/// Which lifeline the things in a record belong to, and what they are called there. The server's is
/// that of the first actor with a local place, or else of the attempted port: to it belongs what
/// has that port, and all the rest to the client's.
class LadderSides {
 public:
  explicit LadderSides(const Record& record);

  Lifeline of(const Endpoint& end) const;
  Lifeline of_actor(const std::string& name) const;
  bool has_several_actors(Lifeline line) const { return actors_.of(line).size() > 1; }

  /// "server 0.0.0.0:12000", "client", "3 clients"; empty where nobody acts.
  const std::string& title(Lifeline line) const { return titles_.of(line); }

  /// What tells an entry or a segment from others of its lifeline: " :40312", the port of the
  /// client's end. Empty where one connection is all there is.
  std::string mark_of(const SocketEntry& entry) const;
  std::string mark_of(const Segment& segment) const;

 private:
  void place_server(const Record& record);
  void name_actors(const Record& record);
  void count(const Table& table);
  void count(const Timeline& timeline);
  std::uint16_t client_port(const Endpoint& one, const Endpoint& other) const;

  Endpoint server_;
  ForBoth<std::vector<std::string>> actors_;
  ForBoth<std::string> titles_;
  std::set<std::uint16_t> client_ports_;    ///< of all connections
  std::set<std::string> server_addresses_;  ///< of sockets without a connection
};

}  // namespace timewait
