#include "harness/model/descriptors.h"

#include <algorithm>
#include <utility>

#include "harness/base/number.h"
#include "harness/model/datagram_calls.h"
#include "harness/model/stream_calls.h"

namespace timewait {

int place_at(const ModelProcess& process, int descriptor) {
  const auto size = static_cast<int>(process.descriptors.size());
  if (descriptor < 0 || descriptor >= size) return ModelProcess::kClosed;
  return process.descriptors[static_cast<std::size_t>(descriptor)];
}

int descriptor_called(const ModelProcess& process, const std::string& name) {
  for (const auto& [known, descriptor] : process.names)
    if (known == name) return descriptor;
  if (const auto number = parse_number(name, 0)) return static_cast<int>(*number);
  throw CallError(1, "no socket is called \"" + name + "\"");
}

void check_new(const ModelProcess& process, const std::string& name) {
  for (const auto& [known, descriptor] : process.names)
    if (known == name) throw CallError(1, "a socket is already called \"" + name + "\"");
}

Answer keep(World& world, ModelProcess& process, const std::string& name, int place) {
  auto free = std::ranges::find(process.descriptors, ModelProcess::kClosed);
  if (free == process.descriptors.end()) free = process.descriptors.insert(free, place);
  *free = place;
  const int descriptor = static_cast<int>(free - process.descriptors.begin());
  process.names.emplace_back(name, descriptor);
  if (place >= 0) ++world.at(place).descriptors;
  return Answer::of(descriptor);
}

void release(World& world, int place, bool may_linger) {
  if (place < 0) return;
  ModelSocket& socket = world.at(place);
  const bool is_last = --socket.descriptors == 0;
  if (!is_last && world.decides(Rule::last_descriptor_closes)) return;
  if (!is_last) socket.descriptors = 0;
  if (socket.is_gone) return;
  socket.is_stream() ? close_stream(world, socket, may_linger) : close_datagram(world, socket);
}

void end_process(World& world, int process) {
  ModelProcess& ending = world.processes[static_cast<std::size_t>(process)];
  ending.has_ended = true;
  for (const int place : std::exchange(ending.descriptors, {})) release(world, place, false);
  ending.names.clear();
}

int fork_process(World& world, int process) {
  const ModelProcess copy = world.processes[static_cast<std::size_t>(process)];
  for (const int place : copy.descriptors)
    if (place >= 0) ++world.at(place).descriptors;
  world.processes.push_back(copy);
  return static_cast<int>(world.processes.size()) - 1;
}

}  // namespace timewait
