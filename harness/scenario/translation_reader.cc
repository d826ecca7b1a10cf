#include "harness/scenario/translation_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/toml_source.h"

namespace timewait {
namespace {

constexpr std::string_view kFileKeys[] = {"themes", "scenario", "claim"};
constexpr std::string_view kScenarioKeys[] = {"title", "teaches"};
constexpr std::string_view kClaimKeys[] = {"from", "says", "truth", "condition"};

/// Reads one file. Every method throws ScenarioError at the place that is wrong.
class TranslationFile {
 public:
  TranslationFile(const SourceText& source, const std::vector<Scenario>& scenarios,
                  const std::vector<Claim>& claims)
      : toml_(source), scenarios_(scenarios), claims_(claims) {}

  Translation read() {
    toml_.refuse_unknown_keys(toml_.root(), kFileKeys, "a translation");
    read_themes();
    read_scenarios();
    read_claims();
    return std::move(translation_);
  }

 private:
  /// The table of that name; an empty one where there is none.
  const toml::table& section(std::string_view name) const {
    static const toml::table kNone;
    const toml::node* node = toml_.root().get(name);
    return node == nullptr ? kNone : table_of(*node, name);
  }

  const toml::table& table_of(const toml::node& node, std::string_view name) const {
    if (!node.is_table()) toml_.fail(node, fmt::format("{} must be a table", name));
    return *node.as_table();
  }

  std::string text(const toml::table& table, std::string_view key) const {
    return toml_.text_of(toml_.required(table, key), key);
  }

  [[noreturn]] void refuse(const toml::key& key, std::string_view what) const {
    toml_.fail(position_of(key.source()), fmt::format("there is no {} \"{}\"", what, key.str()));
  }

  void read_themes() {
    for (const auto& [theme, heading] : section("themes")) {
      if (std::ranges::find(scenarios_, theme.str(), &Scenario::theme) == scenarios_.end())
        refuse(theme, "theme");
      translation_.themes.emplace(theme.str(), toml_.text_of(heading, theme.str()));
    }
  }

  void read_scenarios() {
    for (const auto& [name, node] : section("scenario")) {
      if (std::ranges::find(scenarios_, name.str(), &Scenario::name) == scenarios_.end())
        refuse(name, "scenario");
      const toml::table& texts = table_of(node, name.str());
      toml_.refuse_unknown_keys(texts, kScenarioKeys, "a scenario's translation");
      translation_.scenarios.emplace(name.str(), ScenarioTexts{.title = text(texts, "title"),
                                                               .teaches = text(texts, "teaches")});
    }
  }

  void read_claims() {
    for (const auto& [id, node] : section("claim")) {
      const auto claim = std::ranges::find(claims_, id.str(), &Claim::id);
      if (claim == claims_.end()) refuse(id, "claim");
      translation_.claims.emplace(id.str(), claim_texts(table_of(node, id.str()), *claim));
    }
  }

  ClaimTexts claim_texts(const toml::table& texts, const Claim& claim) const {
    toml_.refuse_unknown_keys(texts, kClaimKeys, "a claim's translation");
    if (const toml::node* node = texts.get("condition"); node != nullptr && claim.condition.empty())
      toml_.fail(*node, fmt::format("the claim {} has no condition", claim.id));
    return {.from = text(texts, "from"),
            .says = text(texts, "says"),
            .truth = text(texts, "truth"),
            .condition = claim.condition.empty() ? "" : text(texts, "condition")};
  }

  TomlSource toml_;
  const std::vector<Scenario>& scenarios_;
  const std::vector<Claim>& claims_;
  Translation translation_;
};

}  // namespace

Translation read_translation(const SourceText& source, const std::vector<Scenario>& scenarios,
                             const std::vector<Claim>& claims) {
  return TranslationFile(source, scenarios, claims).read();
}

}  // namespace timewait
