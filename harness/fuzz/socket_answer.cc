#include "harness/kernel/socket_answer.h"

#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/targets.h"

namespace timewait {

void fuzz_socket_answer(std::string_view input) {
  // A copy is aligned as the buffer of recv() is, and ends where the input ends.
  const std::vector<char> bytes(input.begin(), input.end());
  std::vector<SocketEntry> entries;
  try {
    read_socket_answer(bytes, {.sequence = 1, .port_id = 0}, entries);
  } catch (const Error& error) {
    check_refusal(error.what());
  }
  for (const SocketEntry& entry : entries)
    must_hold(kTcpStates.name(entry.state) != "?" && kSocketTimers.name(entry.timer) != "?",
              "an entry has a state or a timer that there is not");
}

}  // namespace timewait
