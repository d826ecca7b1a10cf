#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "harness/run/record.h"

namespace timewait {

/// What a text is about; beside each what it is found by.
enum class TextOf {
  theme,  ///< the name of the folder
  title,  ///< the name of the scenario; this and the next
  teaches,
  claim_from,  ///< the claim's id; this and the next three
  claim_says,
  claim_truth,
  claim_condition,
  rule,  ///< the name of the rule
};

/// The one place where the page asks for its texts in Chinese. As it stands there are none, and the
/// page shows the English ones.
class Translations {
 public:
  Translations() = default;
  Translations(const Translations&) = delete;
  Translations& operator=(const Translations&) = delete;
  virtual ~Translations() = default;

  virtual std::optional<std::string> chinese(TextOf, const std::string&) const {
    return std::nullopt;
  }

  /// Why the attempt of this cell ends as the model predicts.
  virtual std::optional<std::string> chinese_why(const Record&) const { return std::nullopt; }
};

/// A text in its languages: {"en": ..., "zh": ...}, the latter where there is a translation.
nlohmann::ordered_json in_languages(const std::string& english,
                                    const std::optional<std::string>& chinese);

}  // namespace timewait
