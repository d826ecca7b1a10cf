#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "harness/report/ladder_sides.h"
#include "harness/run/record.h"

namespace timewait {

/// How a lifeline goes on.
enum class Life {
  none,
  kernel,   ///< no process of that side lives, but the kernel's table has an entry of it
  process,  ///< a process lives, or holds an entry
};

/// One line of a ladder diagram. What the texts hold is printable and has no line breaks.
struct LadderLine {
  enum class Kind {
    step,     ///< a step of the script begins
    segment,  ///< an arrow
    states,   ///< entries of the socket table changed
    process,  ///< something became of a process
    call,     ///< a call of the attempt
  };
  Kind kind = Kind::step;
  std::chrono::nanoseconds at{0};
  std::string text;                  ///< "server exits", "FIN, ACK seq 41 ack 41", "gets SIGKILL"
  std::string note;                  ///< step: what came of it
  Lifeline from = Lifeline::server;  ///< segment, process, call: whose it is
  Lifeline to = Lifeline::server;    ///< segment
  ForBoth<std::string> states;       ///< "TIME_WAIT", "ESTABLISHED :40312", "(gone)"
  ProcessChange change = ProcessChange::started;
  bool is_alarming = false;  ///< a reset, a kill, a call that failed
  ForBoth<Life> lives;       ///< of the lifelines below the line
};

/// All that a ladder diagram of a record shows, in the order in which it is read.
struct LadderDiagram {
  std::string name;                   ///< "server-closes-first/first=plain,rebind=plain"
  std::string title;                  ///< of the scenario
  std::vector<std::string> warnings;  ///< what is missing, and why
  ForBoth<std::string> titles;        ///< of the lifelines; empty: there is no such lifeline
  std::vector<LadderLine> lines;
  Verdict verdict = Verdict::error;
  std::string conclusion;            ///< "bind:EADDRINUSE, as expected", or why it is no pass
  std::vector<std::string> holders;  ///< what held the port, see port_holders()
};

/// The diagram of a record. A record that was kept without its evidence gives what its steps, its
/// attempt and the tables around that allow.
LadderDiagram ladder_diagram(const Record& record);

}  // namespace timewait
