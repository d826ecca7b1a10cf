#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace timewait {

/// The rules by which the model decides, one for each clause that can be right or wrong by itself.
/// What each says and where the kernel has it is in rule_table().
enum class Rule : std::uint8_t {
  different_devices,
  both_reuseaddr,
  both_reuseport,
};

inline constexpr std::size_t kRuleCount = static_cast<std::size_t>(Rule::both_reuseport) + 1;

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

/// Which rules a model follows, and how often each decided something.
class RuleBook {
 public:
  /// The rule never decides again, as if the kernel did not have it.
  void break_rule(Rule rule) { broken_[index(rule)] = true; }

  /// Whether `rule` decides here, which it does where its condition holds and it is not broken.
  bool decides(Rule rule, bool condition) {
    if (!condition || broken_[index(rule)]) return false;
    ++decided_[index(rule)];
    return true;
  }

  std::uint64_t decided(Rule rule) const { return decided_[index(rule)]; }

 private:
  static std::size_t index(Rule rule) { return static_cast<std::size_t>(rule); }

  std::array<bool, kRuleCount> broken_{};
  std::array<std::uint64_t, kRuleCount> decided_{};
};

}  // namespace timewait
