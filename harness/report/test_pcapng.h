// A reader of capture files for tests: it walks blocks and options and believes nothing.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace timewait {

struct ReadOption {
  std::uint16_t code = 0;
  std::string value;
};

struct ReadBlock {
  std::uint32_t type = 0;
  std::string fields;  ///< before the options
  std::vector<ReadOption> options;

  /// The number at byte `place` of the fields.
  template <typename Number>
  Number field(std::size_t place) const {
    Number number{};
    std::memcpy(&number, fields.substr(place).data(), sizeof number);
    return number;
  }

  std::vector<std::string> values(std::uint16_t code) const {
    std::vector<std::string> all;
    for (const ReadOption& option : options)
      if (option.code == code) all.push_back(option.value);
    return all;
  }

  std::vector<std::string> comments() const { return values(1); }
};

inline void must(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

template <typename Number>
Number take_number(std::string_view& bytes) {
  must(bytes.size() >= sizeof(Number), "the file ends in a number");
  Number number{};
  std::memcpy(&number, bytes.data(), sizeof number);
  bytes.remove_prefix(sizeof number);
  return number;
}

inline std::string take_padded(std::string_view& bytes, std::size_t size) {
  const std::size_t padded = (size + 3) / 4 * 4;
  must(bytes.size() >= padded, "the padding is not whole");
  must(bytes.substr(size, padded - size).find_first_not_of('\0') == std::string_view::npos,
       "the padding is not zero");
  std::string value(bytes.substr(0, size));
  bytes.remove_prefix(padded);
  return value;
}

inline std::vector<ReadOption> take_options(std::string_view bytes) {
  std::vector<ReadOption> options;
  while (!bytes.empty()) {
    const auto code = take_number<std::uint16_t>(bytes);
    const auto size = take_number<std::uint16_t>(bytes);
    if (code == 0) {
      must(size == 0 && bytes.empty(), "the end of the options is not the end of the block");
      return options;
    }
    options.push_back({.code = code, .value = take_padded(bytes, size)});
  }
  must(options.empty(), "the options have no end");
  return options;
}

/// The fixed part of a block, by its type.
inline std::size_t fields_size(std::uint32_t type, std::string_view body) {
  if (type == 0x0a0d0d0a) return 16;
  if (type == 1) return 8;
  if (type == 5) return 12;
  must(type == 6, "an unknown type of block");
  must(body.size() >= 20, "a packet without its fields");
  std::string_view size = body.substr(12);
  return 20 + (take_number<std::uint32_t>(size) + std::size_t{3}) / 4 * 4;
}

/// The blocks of a file. Throws when a length or a padding is wrong.
inline std::vector<ReadBlock> read_pcapng(std::string_view file) {
  std::vector<ReadBlock> blocks;
  while (!file.empty()) {
    const auto type = take_number<std::uint32_t>(file);
    const auto length = take_number<std::uint32_t>(file);
    must(length % 4 == 0 && length >= 12 && length - 8 <= file.size(), "a wrong block length");
    std::string_view body = file.substr(0, length - 12);
    file.remove_prefix(body.size());
    must(take_number<std::uint32_t>(file) == length, "the two lengths of a block differ");
    const std::size_t fields = fields_size(type, body);
    must(fields <= body.size(), "a block without its fields");
    blocks.push_back({.type = type,
                      .fields = std::string(body.substr(0, fields)),
                      .options = take_options(body.substr(fields))});
  }
  return blocks;
}

}  // namespace timewait
