#include "harness/report/pcapng_block.h"

#include <pcap/dlt.h>

#include <limits>

#include "harness/report/characters.h"

namespace timewait {
namespace {

enum class BlockType : std::uint32_t {
  section = 0x0a0d0d0a,
  interface = 1,
  statistics = 5,
  packet = 6,
};

/// The codes of options; those from 2 on mean something else in each type of block.
enum class OptionCode : std::uint16_t {
  end = 0,
  comment = 1,
  interface_name = 2,
  interface_time_resolution = 9,
  statistics_received = 4,
  statistics_dropped = 5,
};

constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint16_t kMajorVersion = 1;
constexpr std::uint16_t kMinorVersion = 0;
constexpr std::uint64_t kLengthNotGiven = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint32_t kInterface = 0;
constexpr std::uint8_t kNanoseconds = 9;
constexpr std::size_t kLongestOption = std::numeric_limits<std::uint16_t>::max();
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

template <typename Number>
std::string_view bytes_of(const Number& number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

/// `text` as an option may hold it: whole characters of UTF-8, without the NUL at which some
/// readers would stop.
std::string comment_text(std::string_view text) {
  std::string comment;
  while (!text.empty()) {
    const Character character = take_character(text);
    const bool is_fit = character.value.value_or(0) != 0;
    const std::string_view piece = is_fit ? character.bytes : kReplacement;
    if (comment.size() + piece.size() > kLongestOption) break;
    comment += piece;
  }
  return comment;
}

/// A block as it grows: its fields, then its options.
class Block {
 public:
  explicit Block(BlockType type) : type_(type) {}

  template <typename Number>
  Block& field(Number number) {
    body_ += bytes_of(number);
    return *this;
  }

  /// The time in the two halves that the format wants, the upper one first.
  Block& time(std::chrono::nanoseconds since_epoch) {
    const auto count = static_cast<std::uint64_t>(since_epoch.count());
    return field(static_cast<std::uint32_t>(count >> 32)).field(static_cast<std::uint32_t>(count));
  }

  Block& padded(std::string_view bytes) {
    constexpr std::size_t kAlignment = 4;
    body_ += bytes;
    body_.append((kAlignment - bytes.size() % kAlignment) % kAlignment, '\0');
    return *this;
  }

  Block& option(OptionCode code, std::string_view value) {
    has_options_ = true;
    return field(code).field(static_cast<std::uint16_t>(value.size())).padded(value);
  }

  /// The whole block.
  std::string bytes() {
    if (has_options_) option(OptionCode::end, "");
    const auto length =
        static_cast<std::uint32_t>(sizeof type_ + 2 * sizeof(std::uint32_t) + body_.size());
    std::string all(bytes_of(type_));
    return all.append(bytes_of(length)).append(body_).append(bytes_of(length));
  }

 private:
  BlockType type_;
  std::string body_;
  bool has_options_ = false;
};

}  // namespace

std::string pcapng_section(std::string_view comment) {
  return Block(BlockType::section)
      .field(kByteOrderMagic)
      .field(kMajorVersion)
      .field(kMinorVersion)
      .field(kLengthNotGiven)
      .option(OptionCode::comment, comment_text(comment))
      .bytes();
}

std::string pcapng_interface(std::string_view name, std::uint32_t snap_length) {
  constexpr std::uint16_t kReserved = 0;
  return Block(BlockType::interface)
      .field(std::uint16_t{DLT_EN10MB})
      .field(kReserved)
      .field(snap_length)
      .option(OptionCode::interface_name, name)
      .option(OptionCode::interface_time_resolution, bytes_of(kNanoseconds))
      .bytes();
}

std::string pcapng_packet(const CapturedFrame& frame) {
  Block block(BlockType::packet);
  block.field(kInterface)
      .time(frame.since_epoch)
      .field(static_cast<std::uint32_t>(frame.bytes.size()))
      .field(static_cast<std::uint32_t>(frame.wire_length))
      .padded(frame.bytes);
  for (const std::string& comment : frame.comments)
    block.option(OptionCode::comment, comment_text(comment));
  return block.bytes();
}

std::string pcapng_statistics(const CaptureTotals& totals) {
  return Block(BlockType::statistics)
      .field(kInterface)
      .time(totals.since_epoch)
      .option(OptionCode::statistics_received, bytes_of(totals.received))
      .option(OptionCode::statistics_dropped, bytes_of(totals.dropped))
      .bytes();
}

}  // namespace timewait
