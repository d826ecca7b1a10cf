#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/kernel/socket_table.h"
#include "harness/model/kernel_traits.h"
#include "harness/model/rule.h"
#include "harness/net/call.h"

namespace timewait {

/// An entry of the modelled socket table, as sock_diag would show it, and what it shows nobody.
struct ModelEntry {
  int id = 0;  ///< the same for a socket, its connection and the mini-socket that is left of it
  Protocol protocol = Protocol::tcp;
  TcpState state = TcpState::bound;
  Endpoint local;
  Endpoint remote;
  bool is_mini = false;  ///< TIME_WAIT, or FIN_WAIT2 after its descriptor was closed
  bool is_held = false;  ///< a process has a descriptor of it
  bool reuseaddr = false;
  bool reuseport = false;
  bool v6only = false;
  std::string device;
  int uid = 0;
  int unread = 0;
  std::optional<Duration> left;  ///< until the timer of a mini-socket fires

  bool operator==(const ModelEntry&) const = default;
};

/// Who was in the way of a bind(), listen() or connect(), and by which rule.
struct Conflict {
  ModelEntry entry;
  ModelEntry asks;  ///< the socket that wants the port
  Rule rule = Rule::port_is_taken;
};

/// How the modelled kernel answers a call.
struct ModelAnswer {
  bool waits = false;                ///< the call does not come back as things stand
  Answer answer;                     ///< if it does
  std::vector<Rule> rules;           ///< that decided, in the order in which they did
  std::optional<Conflict> conflict;  ///< of EADDRINUSE and of EADDRNOTAVAIL for a 4-tuple
};

/// A connection's end, or a socket, came into a state.
struct StateChange {
  int id = 0;
  TcpState state = TcpState::bound;  ///< the new one; nothing is left of it when `is_gone`
  bool is_gone = false;
  Protocol protocol = Protocol::tcp;
  Endpoint local;
  Endpoint remote;
};

/// Which kernel a model is one of, and which of the rules it lacks.
struct ModelSettings {
  KernelTraits traits = {};
  std::vector<Rule> broken = {};
};

struct World;

/// Linux as far as its sockets, ports and TCP's closing half go: calls in, answers and the socket
/// table out. A pure object without I/O: its clock goes only when it is told to, and a segment that
/// is sent arrives at once, unless the loopback is down. An ACK is never late.
///
/// Processes are numbers that start_process() gives. Sockets have names within their process, as in
/// scripts.
class KernelModel {
 public:
  explicit KernelModel(const ModelSettings& settings = {});
  KernelModel(KernelModel&&) noexcept;
  KernelModel& operator=(KernelModel&&) noexcept;
  ~KernelModel();

  /// A new process, whose effective uid is 0.
  int start_process();
  /// A copy of a process with all its descriptors, under the same names.
  int fork_process(int process);
  /// The end of a process, however it comes: its descriptors are closed in their order.
  void end_process(int process);

  /// The answer to a call. One that waits can be made again later, when something else has
  /// happened; a connect() that waits has sent its SYN all the same. One that comes back when a
  /// timeout is over (SO_RCVTIMEO, SO_LINGER, poll()) takes that time, and timers fire meanwhile.
  ModelAnswer call(int process, const Call& call);

  /// Takes the loopback link up or down. Segments are lost while it is down; what was not
  /// acknowledged is sent again when it is up.
  void set_loopback(bool up);
  /// Throws BadInput for a sysctl that the model does not know to be without effect.
  void set_sysctl(const std::string& name, const std::string& value);
  /// A network device with its own addresses.
  void add_device(const std::string& name, const Endpoint& address);
  /// A way through a router to an address that is not this machine's own; nothing comes back.
  void add_route(const Endpoint& destination);
  /// Takes an entry away as SOCK_DESTROY does.
  void destroy(int id);
  /// A reset arrives for this entry, with exactly the sequence number that it waits for.
  void get_reset(int id);
  /// The other end's FIN arrives for this entry once more.
  void get_fin_again(int id);
  /// Lets time pass; timers fire.
  void advance(Duration length);

  /// What the socket table shows now.
  std::vector<ModelEntry> table() const;
  /// Every change of state since the beginning, in order, also of states that passed at once.
  const std::vector<StateChange>& history() const;

  RuleBook& rules();
  const RuleBook& rules() const;

 private:
  std::unique_ptr<World> world_;
};

}  // namespace timewait
