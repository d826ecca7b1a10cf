#include "harness/explore/sandboxed.h"

#include <poll.h>

#include <list>
#include <vector>

#include "harness/base/error.h"
#include "harness/run/sandbox.h"

namespace timewait {
namespace {

/// A sandbox at work and what it has said so far.
struct Worker {
  std::size_t index;
  Sandbox sandbox;
  std::string output;

  /// The whole output. Throws it instead when it says why the work broke.
  std::string result() {
    const ExitState end = sandbox.wait();
    if (!end.is_success()) throw Error(output.empty() ? "a sandbox ended: " + end.text() : output);
    return std::move(output);
  }
};

void wait_for_output(const std::list<Worker>& workers, const StopSignals* stop) {
  std::vector<pollfd> events;
  if (stop != nullptr) events.push_back({.fd = stop->fd(), .events = POLLIN, .revents = 0});
  for (const Worker& worker : workers)
    events.push_back({.fd = worker.sandbox.output(), .events = POLLIN, .revents = 0});
  ::poll(events.data(), events.size(), -1);
}

}  // namespace

std::string in_fresh_sandbox(Isolation isolation, const SandboxWork& work) {
  std::string result;
  SandboxWork once = work;
  SandboxedWork(isolation, 1)
      .run([&] { return std::exchange(once, nullptr); },
           [&](std::size_t, const std::string& output) { result = output; });
  return result;
}

void SandboxedWork::run(const Next& next, const Take& take) const {
  std::list<Worker> workers;
  std::size_t begun = 0;
  SandboxWork work = next();
  while (work || !workers.empty()) {
    for (; work && workers.size() < static_cast<std::size_t>(jobs_); work = next())
      workers.push_back({.index = begun++, .sandbox = Sandbox(isolation_, work), .output = {}});
    wait_for_output(workers, stop_);
    if (stop_ != nullptr && stop_->first()) return;
    for (auto worker = workers.begin(); worker != workers.end();) {
      if (!worker->sandbox.drain(worker->output)) {
        ++worker;
        continue;
      }
      take(worker->index, worker->result());
      worker = workers.erase(worker);
    }
  }
}

}  // namespace timewait
