#include "harness/run/cell_place.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/kernel/release.h"
#include "harness/model/prediction.h"
#include "harness/run/machine_sysctls.h"

namespace timewait {
namespace {

/// True for a socket that has or had a port and neither the cell's address nor a connection to it.
bool is_astray(const PredictedSocket::Moment& moment, const Relocation& place) {
  const auto is_own = [&](const Endpoint& end) { return end.host() == place.host.host(); };
  return moment.state && moment.local.port() != 0 && !is_own(moment.local) &&
         !is_own(moment.remote);
}

/// Why the moved cell could touch what is not its own, as the model has it: a socket that listens
/// without having been bound is at every address of the machine.
std::string need_of_sockets(const Cell& cell, const Relocation& place, const KernelTraits& traits) {
  const Prediction prediction = predict(cell, {.traits = traits});
  // Only a peer makes calls that were not written for the address it is given.
  const bool has_peer = std::ranges::any_of(
      cell.actors, [](const Actor& actor) { return actor.program.role == Role::scripted; });
  if (!prediction.not_modelled.empty() && has_peer)
    return "nobody can tell which addresses it takes: " + prediction.not_modelled;
  for (const PredictedSocket& socket : prediction.sockets)
    for (const auto& moment : socket.moments)
      if (is_astray(moment, place)) return "it has a socket at " + moment.local.host();
  return "";
}

}  // namespace

CellPlace::CellPlace(const Cell& cell, Isolation isolation) : cell_(cell) {
  if (has_own_network(isolation)) return;
  try {
    move();
  } catch (const CannotRunHere& error) {
    refusal_ = error.what();
  }
}

void CellPlace::move() {
  std::string need = need_of_network(cell_);
  const KernelTraits traits = traits_of(kernel_version());
  if (need.empty()) {
    claim_.emplace(ports_of(cell_));
    moved_ = relocated(cell_, claim_->place());
    need = need_of_sockets(*moved_, claim_->place(), traits);
  }
  if (!need.empty()) throw CannotRunHere("needs a network of its own: " + need);
  if (const std::string settings = disturbing_sysctls(*moved_, traits); !settings.empty())
    throw CannotRunHere(fmt::format("needs a network of its own: this machine has {}", settings));
}

}  // namespace timewait
