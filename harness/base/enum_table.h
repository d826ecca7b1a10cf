#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace timewait {

/// The words of one vocabulary: each enumerator with the one name it has in scenario files, code,
/// JSON and on the terminal.
template <typename Enum, std::size_t Size>
class EnumTable {
 public:
  using Row = std::pair<Enum, std::string_view>;

  constexpr explicit EnumTable(std::array<Row, Size> rows) : rows_(rows) {}

  /// The name of `value`; "?" for a value that is not in the table.
  constexpr std::string_view name(Enum value) const {
    for (const auto& [row_value, row_name] : rows_)
      if (row_value == value) return row_name;
    return "?";
  }

  constexpr std::optional<Enum> find(std::string_view name) const {
    for (const auto& [row_value, row_name] : rows_)
      if (row_name == name) return row_value;
    return std::nullopt;
  }

  /// All names, "plain, reuseaddr, both", for messages that say what would have been right.
  std::string names() const {
    std::string all;
    for (const auto& [value, name] : rows_) {
      if (!all.empty()) all += ", ";
      all += name;
    }
    return all;
  }

  /// The same one by one, for options of a command line.
  std::vector<std::string> name_list() const {
    std::vector<std::string> all;
    for (const auto& [value, name] : rows_) all.emplace_back(name);
    return all;
  }

  constexpr const std::array<Row, Size>& rows() const { return rows_; }

 private:
  std::array<Row, Size> rows_;
};

template <typename Enum, std::size_t Size>
constexpr EnumTable<Enum, Size> enum_table(const std::pair<Enum, std::string_view> (&rows)[Size]) {
  return EnumTable<Enum, Size>(std::to_array(rows));
}

}  // namespace timewait
