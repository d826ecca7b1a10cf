#pragma once

#include <map>
#include <string>

#include "harness/net/call.h"

namespace timewait {

/// Makes calls when it is told to, on sockets that it knows by name. It owns the sockets and closes
/// them with itself in the order of their descriptors, as the kernel does when a process ends.
class Caller {
 public:
  /// Whether accept() and recv() may wait. If not, they answer EAGAIN instead, and the sockets are
  /// blocking all the same.
  enum class Waiting { yes, no };

  explicit Caller(Waiting waiting = Waiting::yes) : waiting_(waiting) {}
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  ~Caller();

  /// Makes the call. Throws CallError when it names a socket that is not there or a name that is
  /// taken; then nothing was called. `exit` is nothing that it does.
  Answer make(const Call& call);

 private:
  int socket_of(const Call& call) const;
  void check_new(const std::string& name) const;
  Answer keep(const std::string& name, int fd);
  Answer accept(const Call& call);
  Answer close(const Call& call);

  Waiting waiting_;
  std::map<std::string, int> sockets_;
};

}  // namespace timewait
