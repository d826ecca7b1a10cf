#pragma once

#include <string>

#include "harness/run/record.h"

namespace timewait {

/// Writes a record down as it would have been kept: what happens next, and when.
class RecordStory {
 public:
  /// Goes on with `beginning`, which must have evidence with a capture.
  explicit RecordStory(Record beginning) : record(std::move(beginning)) {}

  /// What comes now happens so many milliseconds after the cell's start.
  RecordStory& at(double milliseconds);

  RecordStory& step(const std::string& text, const std::string& note = "");
  RecordStory& process(const std::string& actor, int pid, ProcessChange change,
                       const std::string& detail = "");
  RecordStory& table(Table table);
  RecordStory& call(CallResult call);
  RecordStory& segment(const Segment& segment);
  /// A TCP segment between two ports of 127.0.0.1; its flags as the letters "SFRPA".
  RecordStory& tcp(int from, int to, const std::string& flags, std::uint32_t sequence = 0,
                   std::uint32_t acknowledgement = 0, std::uint32_t length = 0);

  Record record;

 private:
  RecordStory& add(decltype(Event::what) what);

  std::chrono::nanoseconds now_{0};
};

/// "127.0.0.1:12000", which must be right.
Endpoint endpoint(const std::string& text);

/// An entry of the table; one that a process holds has an inode.
SocketEntry entry(TcpState state, const std::string& local, const std::string& remote,
                  bool has_process = true);

/// The listener of a server, with SO_REUSEADDR.
SocketEntry listener();

/// A mini-socket in TIME_WAIT with nearly all of its minute left.
SocketEntry time_wait_entry(const std::string& local, const std::string& remote);

ActorRecord actor_record(const std::string& name, const std::string& place, ActorPlace::Side side,
                         Protocol protocol = Protocol::tcp);

/// A cell with a server on port 12000 and a client, in which a bind failed as expected and of which
/// nothing else is told yet.
Record untold(const std::string& scenario, const std::string& title, const Point& point);

/// The attempt of such a cell.
void rebind_in_vain(RecordStory& story, double milliseconds);

}  // namespace timewait
