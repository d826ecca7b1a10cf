#include "harness/export/markdown_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/export/cell_account.h"
#include "harness/export/markdown_text.h"
#include "harness/report/cell_words.h"
#include "harness/report/run_words.h"
#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

/// For the words that say what is missing.
constexpr std::size_t kReserve = 1024;
constexpr std::size_t kMostTables = kMostMarkdown / 2;
/// A cell's reason is worth more than what happened in another one.
constexpr std::size_t kMostAccounts = kMostMarkdown / 4 * 3;

std::string plural(int count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string row_of(const std::vector<std::string>& fields) {
  return fmt::format("| {} |\n", fmt::join(fields, " | "));
}

/// "✓ `EADDRINUSE`"; nothing for a cell that did not run.
std::string field_of(const MatrixCell* cell, const std::string& call) {
  if (cell == nullptr) return "";
  const std::string words = cell_words(*cell, call, true);
  return fmt::format("{} {}", look_of(cell->verdict).mark,
                     cell->outcome.empty() ? words : markdown_code(words));
}

/// A scenario as a table: its rows are told apart by one column for each variation but the last.
class ScenarioTable {
 public:
  explicit ScenarioTable(const MatrixScenario& scenario)
      : scenario_(scenario),
        call_(common_call(scenario)),
        shows_sights_(common_sight(scenario).empty() && !scenario.column_name.empty() &&
                      std::ranges::any_of(scenario.rows, [&](const auto& row) {
                        return !common_sight(scenario, row).empty();
                      })) {}

  std::string text() const {
    if (scenario_.column_name.empty()) return field_of(&scenario_.cells.front(), call_) + "\n\n";
    const std::vector<std::string> head = header();
    std::string table = row_of(head) + row_of(std::vector<std::string>(head.size(), "---"));
    for (const auto& row : scenario_.rows) table += row_of(fields_of(row));
    return table + '\n';
  }

 private:
  /// The last variation is named with that of the rows: "first \ rebind".
  std::vector<std::string> header() const {
    std::vector<std::string> head;
    for (const std::string& name : scenario_.row_names) head.push_back(markdown_text(name));
    const std::string column = markdown_text(scenario_.column_name);
    if (head.empty())
      head.push_back(column);
    else
      head.back() += " \\\\ " + column;
    for (const std::string& name : scenario_.columns) head.push_back(markdown_text(name));
    if (shows_sights_) head.emplace_back("seen before");
    return head;
  }

  std::vector<std::string> fields_of(const std::vector<std::string>& row) const {
    std::vector<std::string> fields;
    for (const std::string& label : row) fields.push_back(markdown_text(label));
    if (fields.empty()) fields.emplace_back();
    for (const std::string& column : scenario_.columns)
      fields.push_back(field_of(scenario_.find(row, column), call_));
    if (shows_sights_) fields.push_back(markdown_text(common_sight(scenario_, row)));
    return fields;
  }

  const MatrixScenario& scenario_;
  const std::string call_;
  const bool shows_sights_;
};

std::string heading_of(const MatrixScenario& scenario) {
  const std::string call = common_call(scenario);
  const std::string sight = common_sight(scenario);
  return fmt::format("### {}\n\n{}{}{}\n\n", markdown_text(scenario.title),
                     markdown_code(scenario.name),
                     call.empty() ? "" : ", outcomes of " + markdown_code(call + "()"),
                     sight.empty() ? "" : ", seen before each attempt: " + markdown_text(sight));
}

class MarkdownPage {
 public:
  MarkdownPage(const RunResults& results, const Sink& sink) : results_(results), sink_(sink) {}

  void write() {
    add(totals());
    for (const std::string& note : notes()) add(markdown_text(note) + "\n\n");
    for (const MatrixTheme& theme : results_.matrix.themes()) write(theme);
    if (left_out_ > 0)
      add(fmt::format("{} more did not fit here.\n\n", plural(left_out_, "scenario")));
    if (results_.matrix.counts().of(Verdict::pass) < results_.matrix.counts().all())
      write_reasons();
  }

 private:
  void add(const std::string& text) {
    sink_(text);
    used_ += text.size();
  }

  bool fits(const std::string& text, std::size_t most) const { return used_ + text.size() <= most; }

  std::string totals() const {
    const VerdictCounts& counts = results_.matrix.counts();
    std::vector<std::string> parts;
    for (const auto& [verdict, name] : kVerdicts.rows())
      if (counts.of(verdict) > 0)
        parts.push_back(fmt::format("{} {} {}", look_of(verdict).mark, counts.of(verdict), name));
    const RunSummary& summary = results_.summary;
    return fmt::format("**{}: {}** on Linux {}, {}; {:.2f} s, {} at a time\n\n",
                       plural(counts.all(), "cell"), fmt::join(parts, ", "),
                       markdown_text(summary.kernel), markdown_text(summary.isolation),
                       std::chrono::duration<double>(summary.wall_time).count(), summary.jobs);
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> all = shortcomings(results_.summary, {});
    for (const std::string& words :
         {agreement_words(results_.matrix, {}), left_out_words(results_.summary, {}),
          shard_words(results_.summary, {}), interrupted_words(results_.summary, {}), legend()})
      if (!words.empty()) all.push_back(words);
    return all;
  }

  std::string legend() const {
    const auto has_promise = [](const MatrixTheme& theme) {
      return std::ranges::any_of(theme.scenarios, has_promises);
    };
    if (!std::ranges::any_of(results_.matrix.themes(), has_promise)) return "";
    return "= as the document promises; ≠ what it promises instead";
  }

  void write(const MatrixTheme& theme) {
    std::string name = theme.name;
    std::ranges::replace(name, '-', ' ');
    if (!name.empty()) add(fmt::format("## {}\n\n", markdown_text(name)));
    for (const MatrixScenario& scenario : theme.scenarios) {
      const std::string text = heading_of(scenario) + ScenarioTable(scenario).text();
      if (fits(text, kMostTables))
        add(text);
      else
        ++left_out_;
    }
  }

  void write_reasons() {
    add("## Cells that did not pass\n\n");
    results_.for_each([&](const Record& record) {
      if (is_shown(record)) write_reason(record);
    });
    if (without_account_ > 0)
      add(fmt::format("What happened in {} more did not fit here; `timewait trace` draws it.\n",
                      plural(without_account_, "cell")));
    if (without_reason_ > 0)
      add(fmt::format("{} more did not fit here at all.\n", plural(without_reason_, "cell")));
  }

  void write_reason(const Record& record) {
    const std::string reason = reason_of(record);
    if (!fits(reason, kMostMarkdown - kReserve)) {
      ++without_reason_;
      return;
    }
    add(reason);
    const std::string account = account_block(record);
    if (account.empty()) return;
    if (fits(account, kMostAccounts))
      add(account);
    else
      ++without_account_;
  }

  /// Of all runs of a cell the first with its verdict stands for it.
  bool is_shown(const Record& record) {
    if (record.verdict == Verdict::pass) return false;
    const MatrixCell* cell = results_.matrix.find(record);
    return cell != nullptr && cell->verdict == record.verdict && shown_.insert(cell).second;
  }

  static std::string reason_of(const Record& record) {
    return fmt::format(
        "{} **{}** {}: {}\n\n", look_of(record.verdict).mark, kVerdicts.name(record.verdict),
        markdown_code(full_name(record.scenario, record.point)), markdown_text(record.reason));
  }

  static std::string account_block(const Record& record) {
    if (!has_account(record)) return "";
    const std::string explanation = explanation_text(record);
    return fmt::format(
        "<details><summary>what happened, and why</summary>\n\n{}{}\n</details>\n\n",
        explanation.empty() ? "" : "The model: " + markdown_text(explanation) + "\n\n",
        markdown_block(ladder_text(record)));
  }

  const RunResults& results_;
  const Sink& sink_;
  std::size_t used_ = 0;
  int left_out_ = 0;  ///< scenarios
  int without_account_ = 0;
  int without_reason_ = 0;
  std::set<const MatrixCell*> shown_;
};

}  // namespace

void write_markdown(const RunResults& results, const TextStyle&, const Sink& sink) {
  MarkdownPage(results, sink).write();
}

}  // namespace timewait
