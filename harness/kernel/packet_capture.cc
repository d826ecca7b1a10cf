#include "harness/kernel/packet_capture.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string>

#include "harness/base/error.h"

namespace timewait {
namespace {

using std::chrono::nanoseconds;

/// Enough for all headers and for what the document programs say to each other.
constexpr int kKeptBytes = 256;
/// The kernel's ring: several hundred frames of that length between two drains.
constexpr int kRingBytes = 512 * 1024;

/// Measuring the offset may be interrupted between two looks at a clock.
constexpr nanoseconds kOffsetTolerance = std::chrono::microseconds(500);

/// What has to be added to the system clock, which stamps frames, to get ours.
nanoseconds offset_to_our_clock() {
  constexpr int kTries = 100;
  constexpr Duration kShortEnough = std::chrono::microseconds(20);
  nanoseconds best{};
  auto shortest = Duration::max();
  // Whoever is interrupted between two looks at a clock must look again.
  for (int i = 0; i < kTries && shortest > kShortEnough; ++i) {
    const auto before = Clock::now();
    const auto system = std::chrono::system_clock::now();
    const auto length = Clock::now() - before;
    if (length >= shortest) continue;
    shortest = length;
    best = before.time_since_epoch() + length / 2 - system.time_since_epoch();
  }
  return best;
}

struct Taker {
  nanoseconds offset;
  const std::function<void(const Frame&)>& take;
};

void hand_over(u_char* user, const pcap_pkthdr* header, const u_char* bytes) {
  const auto& taker = *reinterpret_cast<const Taker*>(user);
  // With nanosecond precision tv_usec holds nanoseconds.
  const auto stamp = std::chrono::seconds(header->ts.tv_sec) + nanoseconds(header->ts.tv_usec);
  taker.take({.at = Clock::time_point(stamp + taker.offset),
              .bytes = {reinterpret_cast<const char*>(bytes), header->caplen}});
}

[[noreturn]] void refuse(const char* reason) {
  throw CannotRunHere(fmt::format("segments cannot be captured: {}", reason));
}

}  // namespace

PacketCapture::PacketCapture(const std::optional<Endpoint>& host) {
  std::array<char, PCAP_ERRBUF_SIZE> reason{};
  handle_.reset(pcap_create("lo", reason.data()));
  if (!handle_) refuse(reason.data());
  pcap_t* handle = handle_.get();
  pcap_set_snaplen(handle, kKeptBytes);
  pcap_set_buffer_size(handle, kRingBytes);
  pcap_set_immediate_mode(handle, 1);
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  const int status = pcap_activate(handle);
  if (status < 0)
    refuse(*pcap_geterr(handle) != '\0' ? pcap_geterr(handle) : pcap_statustostr(status));
  if (pcap_datalink(handle) != DLT_EN10MB) refuse("the loopback has no Ethernet headers");
  if (host) leave_out_all_but(*host);
  if (pcap_setnonblock(handle, 1, reason.data()) < 0) refuse(reason.data());
  offset_ = offset_to_our_clock();
  offset_at_ = Clock::now();
  fd_ = pcap_get_selectable_fd(handle);
  check(::fcntl(fd_, F_SETFD, FD_CLOEXEC), "fcntl(FD_CLOEXEC)");
}

void PacketCapture::leave_out_all_but(const Endpoint& host) {
  bpf_program filter{};
  constexpr int kOptimised = 1;
  const std::string words = "host " + host.host();
  if (pcap_compile(handle_.get(), &filter, words.c_str(), kOptimised, PCAP_NETMASK_UNKNOWN) < 0)
    refuse(pcap_geterr(handle_.get()));
  const int status = pcap_setfilter(handle_.get(), &filter);
  pcap_freecode(&filter);
  if (status < 0) refuse(pcap_geterr(handle_.get()));
}

void PacketCapture::drain(const std::function<void(const Frame&)>& take) {
  note_offset(offset_to_our_clock());
  Taker taker{.offset = offset_, .take = take};
  constexpr int kAll = -1;
  // Who floods the loopback must not keep us here: what is left is taken the next time.
  constexpr int kMostRounds = 64;
  for (int round = 0; round < kMostRounds; ++round) {
    const int frames =
        pcap_dispatch(handle_.get(), kAll, hand_over, reinterpret_cast<u_char*>(&taker));
    if (frames < 0) throw Error(fmt::format("the capture broke: {}", pcap_geterr(handle_.get())));
    if (frames == 0) return;
  }
}

void PacketCapture::note_offset(nanoseconds offset) {
  const auto now = Clock::now();
  // A clock that is only slewed drifts by half a thousandth at most.
  const nanoseconds allowed = kOffsetTolerance + (now - offset_at_) / 1000;
  if (std::chrono::abs(offset - offset_) > allowed) clock_was_set_ = true;
  offset_ = offset;
  offset_at_ = now;
}

std::size_t PacketCapture::dropped() const {
  pcap_stat counts{};
  if (pcap_stats(handle_.get(), &counts) < 0)
    throw Error(fmt::format("the capture broke: {}", pcap_geterr(handle_.get())));
  return counts.ps_drop;
}

}  // namespace timewait
