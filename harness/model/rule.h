#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace timewait {

/// The rules by which the model decides, one for each clause that can be right or wrong by itself.
/// What each says and where the kernel has it is in rule_table().
enum class Rule : std::uint8_t {
  different_devices,
  both_reuseaddr,
  listener_does_not_share,
  both_reuseport,
  reuseport_needs_one_owner,
  time_wait_has_no_owner,
  selector_closes_the_group,
  last_reuseport_binder_is_remembered,
  repair_takes_any_port,
  repair_is_silent,
  port_is_taken,
  udp_asks_the_newest,
  same_address,
  wildcard_covers_all,
  dual_stack_takes_both,
  v6only_keeps_off_ipv4,
  native_ipv6_has_an_ipv4_shadow,
  native_ipv6_address_is_v6only,
  address_has_the_sockets_family,
  address_is_not_here,
  freebind_takes_any_address,
  low_port_is_privileged,
  binds_once,
  stream_has_no_multicast,
  link_local_needs_a_device,
  v6only_takes_no_mapped_address,
  v6only_reaches_no_ipv4,
  mapped_once_is_mapped_for_ever,
  port_waits_for_connect,
  listens_unconnected,
  listening_asks_again,
  reserved_port_is_not_chosen,
  chosen_port_is_not_shared,
  autobind_reuse_shares,
  autobind_reuse_refuses_reuseport,
  bound_port_is_not_chosen,
  port_forgets_its_binders,
  one_connection_per_tuple,
  own_port_takes_time_wait_over,
  chosen_port_takes_time_wait_over,
  fin_wait2_is_not_taken_over,
  connects_once,
  nonblocking_connect_is_in_progress,
  no_route_to_elsewhere,
  router_leads_elsewhere,
  router_is_left_out,
  fast_open_waits_for_data,
  fast_open_sends_data_with_syn,
  fast_open_makes_child_at_once,
  fast_open_has_room,
  fast_open_child_sends_early,
  child_has_the_listeners_options,
  child_is_shut_like_its_listener,
  child_holds_the_port,
  connection_belongs_to_who_accepts,
  bound_port_outlives_connection,
  last_descriptor_closes,
  connecting_sends_syn,
  listening_waits_for_syn,
  syn_ack_establishes,
  simultaneous_open,
  handshake_ends_with_ack,
  listener_just_ends,
  unanswered_syn_just_ends,
  closing_sends_fin,
  closing_second_sends_fin,
  fin_means_close_wait,
  fins_that_cross,
  second_fin_means_time_wait,
  own_fin_acknowledged,
  crossed_fin_acknowledged,
  last_ack_ends_it,
  reset_refuses,
  reset_ends_it,
  reset_ends_time_wait,
  rfc1337_ignores_reset,
  abort_sends_reset,
  abort_is_silent,
  data_for_nobody,
  fin_wait2_is_given_up,
  time_wait_ends,
  unread_data_resets,
  linger_zero_resets,
  unaccepted_is_reset,
  orphan_in_fin_wait2_is_mini,
  negative_linger2_resets,
  linger2_sets_fin_wait2_time,
  long_fin_wait2_waits_twice,
  too_many_time_waits,
  late_segment_restarts_time_wait,
  syn_replaces_time_wait,
  syn_is_challenged,
  full_queue_drops_syn,
  deferred_accept_waits_for_data,
  filter_drops_segments,
  link_down_loses_segments,
  retransmissions_end,
  keepalive_gives_up,
  error_is_told_once,
  urgent_byte_is_left_out,
  broadcast_needs_the_option,
  newest_gets_datagram,
  nobody_there_is_reported,
  option_is_kept,
  option_is_an_int,
  value_is_read_first,
  option_is_not_there,
  option_has_a_range,
  buffer_is_doubled,
  microseconds_make_no_second,
  endless_timeout_is_none,
  debug_is_for_root,
  device_is_there,
  device_changes_by_root_only,
  selector_needs_reuseport,
  transparent_is_for_root,
  repair_is_for_root,
  v6only_is_fixed_by_bind,
  root_becomes_anybody,
};

inline constexpr std::size_t kRuleCount = static_cast<std::size_t>(Rule::root_becomes_anybody) + 1;

struct RuleRow {
  Rule rule;
  std::string_view name;    ///< "both_reuseaddr"
  std::string_view says;    ///< one sentence
  std::string_view source;  ///< the RFC's section, or the kernel's file and function
};

/// Every rule, in the order of the enumerators.
std::span<const RuleRow> rule_table();
const RuleRow& row_of(Rule rule);
std::optional<Rule> find_rule(std::string_view name);

/// Appends those of `more` that are not in `rules` yet.
void add_rules(std::vector<Rule>& rules, const std::vector<Rule>& more);

/// Which rules a model follows, and how often each decided something.
class RuleBook {
 public:
  /// The rule never decides again, as if the kernel did not have it.
  void break_rule(Rule rule) { broken_[index(rule)] = true; }

  /// Whether `rule` decides here, which it does where its condition holds and it is not broken.
  bool decides(Rule rule, bool condition) {
    if (!condition || broken_[index(rule)]) return false;
    if (decided_[index(rule)]++ == seen_[index(rule)]) lately_.push_back(rule);
    return true;
  }

  std::uint64_t decided(Rule rule) const { return decided_[index(rule)]; }

  /// The rules that decided since this was asked last, each once, in the order in which they did.
  std::vector<Rule> take_decided() {
    for (const Rule rule : lately_) seen_[index(rule)] = decided_[index(rule)];
    return std::exchange(lately_, {});
  }

 private:
  static std::size_t index(Rule rule) { return static_cast<std::size_t>(rule); }

  std::array<bool, kRuleCount> broken_{};
  std::array<std::uint32_t, kRuleCount> decided_{};
  std::array<std::uint32_t, kRuleCount> seen_{};  ///< what `decided_` was when it was asked last
  std::vector<Rule> lately_;
};

}  // namespace timewait
