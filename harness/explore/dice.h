#pragma once

#include <cstddef>
#include <cstdint>

namespace timewait {

/// Numbers that look random and are the same for the same seed with every compiler (splitmix64 of
/// Steele, Lea and Flood).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  /// The dice of script number `index`: scripts can be made in any order and by anybody.
  static Dice of(std::uint64_t seed, std::uint64_t index) {
    Dice dice(seed ^ (index + 1) * 0xd1342543de82ef95U);
    dice.next();
    return dice;
  }

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  /// A number from 0 to `sides` - 1.
  std::size_t below(std::size_t sides) { return static_cast<std::size_t>(next() % sides); }

  /// True so many times in a hundred.
  bool percent(std::size_t chance) { return below(100) < chance; }

  template <typename Range>
  const auto& one_of(const Range& range) {
    return range[below(range.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace timewait
