#pragma once

#include <string>
#include <string_view>

#include "harness/scenario/scenario.h"

namespace timewait {

/// The name in a word that stands for an address to be learnt: "$NAME" is all of it and
/// "127.0.0.2:$NAME" its port with another address. Empty for any other word.
std::string_view learnt_name_in(std::string_view word);

/// What such a word stands for once `address` has been learnt.
std::string with_learnt(std::string_view word, const Endpoint& address);

/// Puts `address` where the steps of `cell` say `name`, and where the places of its actors do.
void learn_address(Cell& cell, std::string_view name, const Endpoint& address);

}  // namespace timewait
