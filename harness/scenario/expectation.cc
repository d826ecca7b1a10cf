#include "harness/scenario/expectation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

/// Which of the two tables is read.
enum class TableOf { expectation, promise };

constexpr auto kTables = enum_table<TableOf>({
    {TableOf::expectation, "expectation"},
    {TableOf::promise, "promise"},
});

constexpr std::string_view kNothing = "-";

using Outcomes = std::vector<std::optional<Outcome>>;

struct Row {
  Position at;
  std::vector<Token> tokens;
};

std::vector<std::string> labels_of(const Variation& variation) {
  std::vector<std::string> labels;
  for (const VariationValue& value : variation.values) labels.push_back(value.label);
  return labels;
}

/// Every combination of the values of all variations but the last, last fastest.
std::vector<std::vector<std::string>> row_labels(const std::vector<Variation>& variations) {
  std::vector<std::vector<std::string>> rows{{}};
  for (std::size_t i = 0; i + 1 < variations.size(); ++i) {
    std::vector<std::vector<std::string>> longer;
    for (const auto& row : rows)
      for (const std::string& label : labels_of(variations[i])) {
        longer.push_back(row);
        longer.back().push_back(label);
      }
    rows = std::move(longer);
  }
  return rows;
}

class TableReader {
 public:
  TableReader(TableOf kind, const SourceText& source, const TextBlock& block,
              const std::vector<Variation>& variations)
      : kind_(kind), source_(source), block_(block), variations_(variations) {
    for (const TextLine& line : block.lines)
      if (auto tokens = tokens_of(line); !tokens.empty())
        rows_.push_back({.at = line.at, .tokens = std::move(tokens)});
  }

  Outcomes read() const {
    if (rows_.empty()) fail(block_.at, fmt::format("the {} is empty", kTables.name(kind_)));
    if (rows_.size() == 1 && rows_[0].tokens.size() == 1) return for_all_cells();
    if (variations_.empty())
      fail(rows_[0].at,
           fmt::format("nothing is varied, so the {} is a single outcome", kTables.name(kind_)));
    check_header();
    std::map<std::vector<std::string>, Outcomes> found;
    for (std::size_t i = 1; i < rows_.size(); ++i) read_row(rows_[i], found);
    Outcomes all;
    for (const auto& labels : row_labels(variations_)) {
      const auto row = found.find(labels);
      if (row == found.end())
        fail(block_.at, fmt::format("the row \"{}\" is missing", fmt::join(labels, " ")));
      all.insert(all.end(), row->second.begin(), row->second.end());
    }
    return all;
  }

 private:
  [[noreturn]] void fail(Position at, const std::string& message) const {
    throw ScenarioError(source_, at, message);
  }
  [[noreturn]] void fail(const Row& row, std::size_t token, const std::string& message) const {
    fail({.line = row.at.line, .column = row.tokens[token].column}, message);
  }

  Outcomes for_all_cells() const {
    std::size_t cells = 1;
    for (const Variation& variation : variations_) cells *= variation.values.size();
    return Outcomes(cells, outcome(rows_[0], 0));
  }

  std::optional<Outcome> outcome(const Row& row, std::size_t token) const {
    const std::string& word = row.tokens[token].text;
    const bool is_promise = kind_ == TableOf::promise;
    if (is_promise && word == kNothing) return std::nullopt;
    const auto outcome = Outcome::parse(word);
    if (!outcome)
      fail(row, token,
           fmt::format("\"{}\" is no outcome; write {}{}", word, kOutcomeExamples,
                       is_promise ? ", or - where nothing is promised" : ""));
    return outcome;
  }

  void check_header() const {
    const auto columns = labels_of(variations_.back());
    const Row& header = rows_[0];
    for (std::size_t i = 0; i < std::max(columns.size(), header.tokens.size()); ++i) {
      const std::size_t token = std::min(i, header.tokens.size() - 1);
      if (i >= columns.size() || i >= header.tokens.size() || header.tokens[i].text != columns[i])
        fail(header, token,
             fmt::format("the columns must be the values of \"{}\": {}", variations_.back().name,
                         fmt::join(columns, " ")));
    }
  }

  void read_row(const Row& row, std::map<std::vector<std::string>, Outcomes>& found) const {
    const std::size_t labels = variations_.size() - 1;
    const std::size_t columns = variations_.back().values.size();
    if (row.tokens.size() != labels + columns)
      fail(row, row.tokens.size() - 1,
           fmt::format("a row has {} labels and {} outcomes, here are {} words", labels, columns,
                       row.tokens.size()));
    std::vector<std::string> label;
    for (std::size_t i = 0; i < labels; ++i) {
      const auto known = labels_of(variations_[i]);
      label.push_back(row.tokens[i].text);
      if (std::ranges::find(known, label.back()) == known.end())
        fail(row, i,
             fmt::format("\"{}\" is no value of \"{}\": {}", label.back(), variations_[i].name,
                         fmt::join(known, " ")));
    }
    Outcomes outcomes;
    for (std::size_t i = 0; i < columns; ++i) outcomes.push_back(outcome(row, labels + i));
    if (!found.emplace(label, std::move(outcomes)).second)
      fail(row, 0, fmt::format("the row \"{}\" stands here twice", fmt::join(label, " ")));
  }

  TableOf kind_;
  const SourceText& source_;
  const TextBlock& block_;
  const std::vector<Variation>& variations_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<Outcome> read_expectation(const SourceText& source, const TextBlock& block,
                                      const std::vector<Variation>& variations) {
  std::vector<Outcome> all;
  for (const auto& outcome : TableReader(TableOf::expectation, source, block, variations).read())
    all.push_back(*outcome);
  return all;
}

std::vector<std::optional<Outcome>> read_promises(const SourceText& source, const TextBlock& block,
                                                  const std::vector<Variation>& variations) {
  return TableReader(TableOf::promise, source, block, variations).read();
}

}  // namespace timewait
