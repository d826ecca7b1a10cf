#pragma once

#include <string>

#include "harness/model/kernel_traits.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// The sysctls of the caller's network that are others than scripts count on and with which the
/// model sees another life of `cell`: "net.ipv4.tcp_fin_timeout = 10". Empty when there are none.
std::string disturbing_sysctls(const Cell& cell, const KernelTraits& traits);

}  // namespace timewait
