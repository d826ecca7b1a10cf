#include "harness/scenario/scenario_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "harness/scenario/cell_expansion.h"
#include "harness/scenario/claim.h"
#include "harness/scenario/text_block.h"
#include "harness/scenario/toml_source.h"
#include "harness/scenario/translation.h"

namespace timewait {
namespace {

constexpr std::string_view kKeys[] = {"title", "teaches", "from",     "tags",
                                      "vary",  "expect",  "promised", "script"};

// What no scenario comes near, and what a reader of its matrix could not look at.
constexpr std::size_t kMostVariations = 20;
constexpr std::size_t kMostCells = 10'000;
constexpr std::size_t kLongestLabel = 100;

bool is_origin(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  });
}

bool may_name_cells(std::string_view label) {
  return !label.empty() && label.find_first_of(" \t\n,=/") == std::string_view::npos;
}

/// What all the others build on, so it is listed, run and shown before them.
constexpr const char* kFirstTheme = "who-closes-first";

/// Reads the keys of one file. Every method throws ScenarioError at the place that is wrong.
class FileReader {
 public:
  explicit FileReader(const SourceText& source)
      : source_(source), toml_(source), table_(toml_.root()) {}

  Scenario read() {
    toml_.refuse_unknown_keys(table_, kKeys, "a scenario");
    const auto path = std::filesystem::absolute(source_.path());
    check_file_name(path.stem().string());
    Scenario scenario{
        .name = path.stem().string(),
        .theme = path.parent_path().filename().string(),
        .title = required_text("title"),
        .teaches = required_text("teaches"),
        .from = origins(),
        .tags = texts("tags", false),
        .variations = variations(),
    };
    const TextBlock script = block("script");
    for (const TextLine& line : script.lines) scenario.script.emplace_back(line.text);
    std::optional<TextBlock> promised;
    if (table_.contains("promised")) promised = block("promised");
    expand_cells(source_, script, block("expect"), promised ? &*promised : nullptr, scenario);
    return scenario;
  }

 private:
  [[noreturn]] void fail(Position at, const std::string& message) const { toml_.fail(at, message); }

  std::string text_of(const toml::node& node, std::string_view what) const {
    return toml_.text_of(node, what);
  }

  const toml::node& required(std::string_view key) const { return toml_.required(table_, key); }

  std::string required_text(std::string_view key) const { return text_of(required(key), key); }

  std::vector<std::string> texts(std::string_view key, bool is_required) const {
    if (!is_required && !table_.contains(key)) return {};
    return toml_.texts_of(required(key), key);
  }

  /// Systems, claims and cases by their names.
  std::vector<std::string> origins() const {
    std::vector<std::string> all = texts("from", true);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!is_origin(all[i]))
        fail(position_of((*required("from").as_array())[i].source()),
             fmt::format("\"{}\" names nothing this could come from: letters, digits, dashes "
                         "and dots",
                         all[i]));
    return all;
  }

  TextBlock block(std::string_view key) const {
    const toml::node& node = required(key);
    text_of(node, key);
    const toml::source_region& region = node.source();
    return text_block(
        source_, position_of(region),
        {.line = static_cast<int>(region.end.line), .column = static_cast<int>(region.end.column)});
  }

  std::vector<Variation> variations() const {
    const toml::node* node = table_.get("vary");
    if (node == nullptr) return {};
    const toml::table* table = node->as_table();
    if (table == nullptr) fail(position_of(node->source()), "vary must be a table, [vary]");
    std::vector<std::pair<Position, Variation>> found;
    for (const auto& [key, values] : *table)
      found.emplace_back(position_of(key.source()), variation(key, values));
    in_file_order(found);
    std::vector<Variation> all;
    for (auto& [at, one] : found) all.push_back(std::move(one));
    check_number_of_cells(position_of(node->source()), all);
    return all;
  }

  void check_number_of_cells(Position at, const std::vector<Variation>& variations) const {
    if (variations.size() > kMostVariations)
      fail(at, fmt::format("{} variations are more than {}", variations.size(), kMostVariations));
    std::size_t cells = 1;
    for (const Variation& variation : variations) {
      cells *= variation.values.size();
      if (cells > kMostCells)
        fail(at, fmt::format("these variations make more than {} cells", kMostCells));
    }
  }

  void check_file_name(const std::string& name) const {
    if (!may_name_cells(name))
      throw BadInput(
          fmt::format("{}: a file that names cells may have no blank, comma or = in its "
                      "name",
                      source_.path()));
  }

  /// What names cells stands in front of, behind and between the signs of their names.
  void check_label(std::string_view what, const std::string& label, Position at) const {
    if (label.size() > kLongestLabel)
      fail(at, fmt::format("the {} names cells and is longer than {} bytes", what, kLongestLabel));
    if (!may_name_cells(label))
      fail(at, fmt::format("the {} \"{}\" names cells and may have no blank, comma, = or /", what,
                           label));
  }

  /// toml++ sorts the keys of a table; a matrix wants them as they were written.
  template <typename Value>
  static void in_file_order(std::vector<std::pair<Position, Value>>& found) {
    std::ranges::sort(found, [](const auto& a, const auto& b) {
      return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
    });
  }

  Variation variation(const toml::key& key, const toml::node& node) const {
    Variation variation{.name = std::string(key.str()), .values = {}};
    check_label("variation", variation.name, position_of(key.source()));
    std::vector<std::pair<Position, VariationValue>> found;
    if (const toml::array* labels = node.as_array()) {
      for (const toml::node& label : *labels)
        found.emplace_back(position_of(label.source()),
                           VariationValue{.label = text_of(label, key.str()), .fields = {}});
    } else if (const toml::table* labels_with_fields = node.as_table()) {
      for (const auto& [label, value] : *labels_with_fields)
        found.emplace_back(position_of(label.source()), value_with_fields(label, value));
    }
    if (found.empty())
      fail(position_of(node.source()),
           fmt::format("{} must be a list of texts or a table of values", key.str()));
    in_file_order(found);
    for (auto& [at, value] : found) add(variation, std::move(value), at);
    return variation;
  }

  void add(Variation& variation, VariationValue value, Position at) const {
    check_label("value", value.label, at);
    if (std::ranges::find(variation.values, value.label, &VariationValue::label) !=
        variation.values.end())
      fail(at, fmt::format("the value \"{}\" stands here twice", value.label));
    variation.values.push_back(std::move(value));
  }

  VariationValue value_with_fields(const toml::key& label, const toml::node& node) const {
    VariationValue value{.label = std::string(label.str()), .fields = {}};
    const toml::table* fields = node.as_table();
    if (fields == nullptr)
      fail(position_of(node.source()),
           fmt::format("the value \"{}\" must be a table such as {{ does = \"stays\" }}",
                       value.label));
    for (const auto& [name, text] : *fields) {
      const auto field = text.value_exact<std::string>();
      if (!field) fail(position_of(text.source()), "this must be a text in quotes");
      value.fields.emplace(name.str(), *field);
    }
    return value;
  }

  const SourceText& source_;
  TomlSource toml_;
  const toml::table& table_;
};

bool is_scenario_file(const std::filesystem::path& path) {
  return path.extension() == ".toml" && path.filename() != kClaimsFile &&
         path.filename() != kChineseFile && !path.filename().string().starts_with('_');
}

}  // namespace

Scenario read_scenario(const SourceText& source) { return FileReader(source).read(); }

Scenario read_scenario_file(const std::string& path) {
  return read_scenario(SourceText::of_file(path));
}

std::vector<std::filesystem::path> scenario_files(const std::string& directory) {
  std::vector<std::pair<bool, std::filesystem::path>> found;  // false comes first
  std::error_code error;
  std::string folder = directory;
  std::filesystem::recursive_directory_iterator entry(directory, error);
  const bool is_missing = error == std::errc::no_such_file_or_directory;
  for (; !error && entry != end(entry); entry.increment(error)) {
    folder = entry->path().string();
    if (is_scenario_file(entry->path()))
      found.emplace_back(entry->path().parent_path().filename() != kFirstTheme, entry->path());
  }
  if (error && !is_missing)
    throw BadInput(fmt::format("cannot read the scenarios in {}: {}", folder, error.message()));
  if (found.empty()) throw BadInput(fmt::format("no scenario files (*.toml) below {}", directory));
  std::ranges::sort(found);
  std::vector<std::filesystem::path> paths;
  std::set<std::string> names;
  for (auto& [_, path] : found) {
    if (!names.insert(path.stem().string()).second)
      throw BadInput(fmt::format("{}: there is a second scenario called \"{}\"", path.string(),
                                 path.stem().string()));
    paths.push_back(std::move(path));
  }
  return paths;
}

std::vector<Scenario> read_scenario_folder(const std::string& directory) {
  std::vector<Scenario> scenarios;
  for (const auto& path : scenario_files(directory))
    scenarios.push_back(read_scenario_file(path.string()));
  return scenarios;
}

}  // namespace timewait
