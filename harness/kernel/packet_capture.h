#pragma once

#include <pcap/pcap.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "harness/base/deadline.h"
#include "harness/net/endpoint.h"

namespace timewait {

/// A frame that arrived on the loopback.
struct Frame {
  Clock::time_point at;    ///< the kernel's stamp, on our clock
  std::string_view bytes;  ///< from the Ethernet header on, cut after a few hundred bytes; valid
                           ///< during the call only
};

/// Captures what arrives on the loopback of the network namespace in which it was made, from then
/// on, also while nobody calls: the kernel keeps the frames in a ring.
/// Making one and closing one takes the kernel a grace period of RCU each, tens of milliseconds of
/// mere waiting (net/packet/af_packet.c, packet_set_ring() and packet_release()).
class PacketCapture {
 public:
  /// Needs CAP_NET_RAW over the namespace. Throws CannotRunHere where that is refused. With `host`
  /// only what goes to its address or comes from it is captured.
  explicit PacketCapture(const std::optional<Endpoint>& host = std::nullopt);

  /// Readable when a frame has come.
  int fd() const { return fd_; }

  /// Hands over every frame that has come, in order. Throws Error when the capture broke.
  void drain(const std::function<void(const Frame&)>& take);

  /// How many frames the kernel had to drop because the ring was full.
  std::size_t dropped() const;

  /// True when somebody set the system clock, by which the kernel stamps frames: the times of those
  /// frames are wrong.
  bool clock_was_set() const { return clock_was_set_; }

 private:
  struct Close {
    void operator()(pcap_t* handle) const { pcap_close(handle); }
  };

  void leave_out_all_but(const Endpoint& host);
  void note_offset(std::chrono::nanoseconds offset);

  std::unique_ptr<pcap_t, Close> handle_;
  int fd_ = -1;
  std::chrono::nanoseconds offset_;  ///< from the system clock to ours, at `offset_at_`
  Clock::time_point offset_at_;
  bool clock_was_set_ = false;
};

}  // namespace timewait
