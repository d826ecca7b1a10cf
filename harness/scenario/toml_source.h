#pragma once

#include <toml++/toml.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/source_text.h"

namespace timewait {

/// Where a node or a key stands.
Position position_of(const toml::source_region& region);

/// A TOML file that is read strictly: each method throws ScenarioError at the place that does not
/// fit. The source must live as long.
class TomlSource {
 public:
  explicit TomlSource(const SourceText& source);

  const toml::table& root() const { return root_; }

  [[noreturn]] void fail(const toml::node& node, const std::string& message) const;
  [[noreturn]] void fail(Position at, const std::string& message) const;

  /// `what` names that which has the keys, "a scenario".
  void refuse_unknown_keys(const toml::table& table, std::span<const std::string_view> keys,
                           std::string_view what) const;

  /// The value of `key`, which must be there.
  const toml::node& required(const toml::table& table, std::string_view key) const;

  /// A text that is not empty. `what` is its key, for the message.
  std::string text_of(const toml::node& node, std::string_view what) const;

  /// A list of such texts that is not empty.
  std::vector<std::string> texts_of(const toml::node& node, std::string_view what) const;

 private:
  const SourceText& source_;
  toml::table root_;
};

}  // namespace timewait
