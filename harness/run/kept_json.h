#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/base/enum_table.h"

namespace timewait {

class KeptValue;

/// A JSON text that was kept, and may be anything by now.
class KeptDocument {
 public:
  using Json = nlohmann::ordered_json;

  /// `what` it should be, for messages: "this is no WHAT: ...". Throws BadInput for what is no
  /// JSON, for values that are nested deeper or have more keys than anything that timewait writes.
  KeptDocument(std::string_view what, std::string_view text);
  KeptDocument(const KeptDocument&) = delete;
  KeptDocument& operator=(const KeptDocument&) = delete;

  KeptValue root() const;

  [[noreturn]] void refuse(const std::string& why) const;

  /// Where `value`, which is part of this, stands: "steps[2].table[0].state".
  std::string place_of(const Json& value) const;

 private:
  std::string what_;
  Json root_;
};

/// A value in such a document, which must live as long. Each method throws BadInput for what does
/// not fit, and names the place: "this is no record: steps[2].note is missing".
class KeptValue {
 public:
  using Json = KeptDocument::Json;

  KeptValue(const KeptDocument& document, const Json& json) : document_(&document), json_(&json) {}

  /// The value of a key of an object.
  KeptValue at(std::string_view key) const;

  /// The same for a key that may be missing, or null where nothing is known: nothing then.
  std::optional<KeptValue> find(std::string_view key) const;

  bool is_null() const { return json_->is_null(); }
  bool contains(std::string_view key) const { return json_->contains(std::string(key)); }
  bool is_list() const { return json_->is_array(); }

  std::string text() const;
  bool flag() const;

  /// A whole number from `least` to `most`, of which `most` is not negative.
  template <std::integral Number>
  Number number(Number least = std::numeric_limits<Number>::min(),
                Number most = std::numeric_limits<Number>::max()) const;

  /// The enumerator that a word stands for; `what` it should be, "verdict".
  template <typename Enum, std::size_t Size>
  Enum word(const EnumTable<Enum, Size>& table, const char* what) const;

  /// What `parse` makes of a text; `what` it should be, "address".
  template <typename Parse>
  auto parsed(Parse parse, const char* what) const;

  /// The values of a list.
  std::vector<KeptValue> values() const;

  /// What `read` makes of each of them.
  template <typename Read>
  auto list(Read read) const;
  std::vector<std::string> texts() const;

  /// What `read` makes of the value; nothing for null.
  template <typename Read>
  auto optional(Read read) const;

  /// The keys of an object with their values, in their order.
  std::vector<std::pair<std::string, KeptValue>> members() const;

  /// The same where all of them are texts.
  std::map<std::string, std::string> texts_by_name() const;

  /// "PLACE: WHY".
  [[noreturn]] void refuse(const std::string& why) const;

  /// "PLACE: VALUE is no WHAT".
  [[noreturn]] void refuse_as(const std::string& what) const;

  /// The value for a message: JSON that was shortened.
  std::string described() const;

 private:
  bool is_between(std::int64_t least, std::uint64_t most) const;

  const KeptDocument* document_;
  const Json* json_;
};

/// Throws BadInput when the key "schema" of `root` is not `schema`: "WHAT has the schema 1, not
/// ...".
void check_schema(const KeptValue& root, std::string_view schema, const char* what);

template <std::integral Number>
Number KeptValue::number(Number least, Number most) const {
  if (!is_between(static_cast<std::int64_t>(least), static_cast<std::uint64_t>(most)))
    refuse_as("whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return json_->get<Number>();
}

template <typename Enum, std::size_t Size>
Enum KeptValue::word(const EnumTable<Enum, Size>& table, const char* what) const {
  return parsed([&](const std::string& name) { return table.find(name); }, what);
}

template <typename Parse>
auto KeptValue::parsed(Parse parse, const char* what) const {
  const auto value = parse(text());
  if (!value) refuse_as(what);
  return *value;
}

template <typename Read>
auto KeptValue::list(Read read) const {
  std::vector<decltype(read(*this))> all;
  for (const KeptValue& value : values()) all.push_back(read(value));
  return all;
}

template <typename Read>
auto KeptValue::optional(Read read) const {
  return is_null() ? std::nullopt : std::optional(read(*this));
}

}  // namespace timewait
