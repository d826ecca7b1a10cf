#include "harness/page/page_data.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/page/page_cell.h"
#include "harness/page/page_claims.h"
#include "harness/page/page_diagram.h"
#include "harness/page/page_matrix.h"
#include "harness/page/page_words.h"
#include "harness/page/script_block.h"

namespace timewait {

std::string_view page_words();

namespace {

using Json = nlohmann::ordered_json;
using SystemTime = std::chrono::system_clock::time_point;

std::string date_of(SystemTime time) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// Takes the records and gives the page's data.
class PageData {
 public:
  PageData(const RunResults& results, const PageSources& sources)
      : results_(results),
        sources_(sources),
        started_(results.date),
        matrix_(results.matrix),
        ledger_(sources.claims) {}

  std::string text() {
    results_.for_each([this](const Record& record) { take(record); });
    std::string text = fmt::format("{{\"schema\":\"{}\"", kPageSchema);
    const auto add = [&](std::string_view key, const std::string& value) {
      text += fmt::format(",\n\"{}\":", key);
      text += value;
    };
    add("run", in_script_block(run_json()));
    add("words", in_script_block(words_json(page_words())));
    add("texts", in_script_block(cells_.texts().texts()));
    add("rules", in_script_block(cells_.rules().json()));
    add("themes", in_script_block(matrix_.themes_json(sources_.chinese)));
    add("scenarios", in_script_block(matrix_.scenarios_json(sources_)));
    add("cells", "[" + cells_text_ + "]");
    add("claims", in_script_block(claims_json(ledger_.entries(), sources_.chinese)));
    add("diagram", in_script_block(diagram_json()));
    return text + "}\n";
  }

 private:
  void take(const Record& record) {
    if (!started_) started_ = record.started;
    ledger_.add(record);
    PageMatrix::Place& place = matrix_.place_of(record.scenario, record.point);
    if (place.number || record.verdict != place.cell->verdict) return;
    place.number = count_++;
    cells_text_ += *place.number == 0 ? "\n" : ",\n";
    cells_text_ += in_script_block(cells_.json(record, *place.cell, place.scenario));
  }

  Json run_json() const {
    const RunSummary& summary = results_.summary;
    Json json{{"version", summary.version},     {"kernel", summary.kernel},
              {"isolation", summary.isolation}, {"jobs", summary.jobs},
              {"cells", summary.cells},         {"wall_ms", summary.wall_time.count()},
              {"sysctls", summary.sysctls},     {"left_out", summary.left_out}};
    if (summary.not_run > 0) json["not_run"] = summary.not_run;
    if (started_) json["started"] = date_of(*started_);
    return json;
  }

  const RunResults& results_;
  const PageSources& sources_;
  std::optional<SystemTime> started_;
  PageMatrix matrix_;
  PageCells cells_;
  ClaimLedger ledger_;
  std::string cells_text_;
  std::size_t count_ = 0;
};

}  // namespace

std::string page_data(const RunResults& results, const PageSources& sources) {
  return PageData(results, sources).text();
}

}  // namespace timewait
