#pragma once

namespace timewait {

/// Has the caller's network namespace acknowledge every segment at once, on 127.0.0.0/8 and ::1: no
/// ACK is delayed, so what a call leaves behind does not depend on what happens within the next
/// 40 ms. It is the `quickack 1` of ip-route(8) on the loopback's local routes, which connections
/// made from then on obey. The loopback must be up. Throws SystemError where the kernel refuses.
void acknowledge_at_once();

}  // namespace timewait
