#pragma once

namespace timewait {

/// Moves the caller from a network namespace of its own into another new one, whose TCP hash table
/// is its own and small. The table of the machine, which namespaces share otherwise, has hundreds
/// of thousands of buckets, and each look at the sockets of a namespace walks them all. What the
/// kernel derives from the table's size (tcp_max_tw_buckets, tcp_max_syn_backlog) is set to what it
/// was. Does nothing where the kernel cannot: net.ipv4.tcp_child_ehash_entries is there since
/// Linux 6.1 (commit d1e5e6408b30).
void enter_network_with_small_tcp_table();

}  // namespace timewait
