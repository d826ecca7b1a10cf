#include "harness/model/tcp_transitions.h"

#include <array>

namespace timewait {
namespace {

using S = TcpState;
using E = TcpEvent;

constexpr auto kRows = std::to_array<Transition>({
    {S::bound, E::connects, S::syn_sent, Sends::syn, Rule::connecting_sends_syn},
    {S::bound, E::listens, S::listen, Sends::nothing, Rule::listening_waits_for_syn},

    {S::syn_sent, E::gets_syn_ack, S::established, Sends::ack, Rule::syn_ack_establishes},
    {S::syn_sent, E::gets_syn, S::syn_recv, Sends::syn_ack, Rule::simultaneous_open},
    {S::syn_recv, E::gets_ack_of_syn, S::established, Sends::nothing,
     Rule::handshake_ends_with_ack},

    {S::listen, E::closes, S::bound, Sends::nothing, Rule::listener_just_ends},
    {S::syn_sent, E::closes, S::bound, Sends::nothing, Rule::unanswered_syn_just_ends},
    {S::syn_recv, E::closes, S::fin_wait1, Sends::fin, Rule::closing_sends_fin},
    {S::established, E::closes, S::fin_wait1, Sends::fin, Rule::closing_sends_fin},
    {S::close_wait, E::closes, S::last_ack, Sends::fin, Rule::closing_second_sends_fin},

    {S::syn_recv, E::gets_fin, S::close_wait, Sends::ack, Rule::fin_means_close_wait},
    {S::established, E::gets_fin, S::close_wait, Sends::ack, Rule::fin_means_close_wait},
    {S::fin_wait1, E::gets_fin, S::closing, Sends::ack, Rule::fins_that_cross},
    {S::fin_wait2, E::gets_fin, S::time_wait, Sends::ack, Rule::second_fin_means_time_wait},

    {S::fin_wait1, E::gets_ack_of_fin, S::fin_wait2, Sends::nothing, Rule::own_fin_acknowledged},
    {S::closing, E::gets_ack_of_fin, S::time_wait, Sends::nothing, Rule::crossed_fin_acknowledged},
    {S::last_ack, E::gets_ack_of_fin, S::bound, Sends::nothing, Rule::last_ack_ends_it},

    {S::syn_sent, E::gets_reset, S::bound, Sends::nothing, Rule::reset_refuses},
    {S::syn_recv, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::established, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::close_wait, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::fin_wait1, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::fin_wait2, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::closing, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::last_ack, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_it},
    {S::time_wait, E::gets_reset, S::bound, Sends::nothing, Rule::reset_ends_time_wait},

    {S::syn_recv, E::aborts, S::bound, Sends::reset, Rule::abort_sends_reset},
    {S::established, E::aborts, S::bound, Sends::reset, Rule::abort_sends_reset},
    {S::close_wait, E::aborts, S::bound, Sends::reset, Rule::abort_sends_reset},
    {S::fin_wait1, E::aborts, S::bound, Sends::reset, Rule::abort_sends_reset},
    {S::fin_wait2, E::aborts, S::bound, Sends::reset, Rule::abort_sends_reset},
    {S::syn_sent, E::aborts, S::bound, Sends::nothing, Rule::abort_is_silent},
    {S::closing, E::aborts, S::bound, Sends::nothing, Rule::abort_is_silent},
    {S::last_ack, E::aborts, S::bound, Sends::nothing, Rule::abort_is_silent},

    {S::fin_wait1, E::gets_data_for_nobody, S::bound, Sends::reset, Rule::data_for_nobody},
    {S::fin_wait2, E::gets_data_for_nobody, S::bound, Sends::reset, Rule::data_for_nobody},

    {S::fin_wait2, E::timer_fires, S::bound, Sends::nothing, Rule::fin_wait2_is_given_up},
    {S::time_wait, E::timer_fires, S::bound, Sends::nothing, Rule::time_wait_ends},
});

constexpr std::size_t kStates = static_cast<std::size_t>(TcpState::closing) + 1;
constexpr std::size_t kEvents = static_cast<std::size_t>(TcpEvent::timer_fires) + 1;

constexpr std::size_t cell_of(TcpState state, TcpEvent event) {
  return static_cast<std::size_t>(state) * kEvents + static_cast<std::size_t>(event);
}

/// Where each state and event is in kRows, counted from 1; 0 where nothing happens.
constexpr auto kIndex = [] {
  std::array<std::uint8_t, kStates * kEvents> index{};
  for (std::size_t row = 0; row < kRows.size(); ++row)
    index[cell_of(kRows[row].from, kRows[row].event)] = static_cast<std::uint8_t>(row + 1);
  return index;
}();

}  // namespace

std::span<const Transition> tcp_transitions() { return kRows; }

const Transition* find_transition(TcpState state, TcpEvent event) {
  const std::size_t row = kIndex[cell_of(state, event)];
  return row == 0 ? nullptr : &kRows[row - 1];
}

}  // namespace timewait
