#include "harness/export/junit_export.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>

#include "harness/export/cell_account.h"
#include "harness/report/characters.h"

namespace timewait {
namespace {

using std::chrono::nanoseconds;
using std::chrono::system_clock;

void set(pugi::xml_node node, const char* attribute, const std::string& text) {
  node.append_attribute(attribute).set_value(printable(text).c_str());
}

void set(pugi::xml_node node, const char* attribute, int number) {
  node.append_attribute(attribute).set_value(number);
}

std::string seconds_text(nanoseconds time) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(time).count());
}

std::string date_text(system_clock::time_point date) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(system_clock::to_time_t(date)));
}

/// What the elements of suites say of their cases.
struct SuiteTotals {
  VerdictCounts counts;
  nanoseconds time{0};
  system_clock::time_point began = system_clock::time_point::max();

  void add(const Record& record) {
    counts.add(record.verdict);
    time += record.duration;
    began = std::min(began, record.started);
  }

  int errors() const { return counts.of(Verdict::error) + counts.of(Verdict::inconclusive); }

  void write(pugi::xml_node node) const {
    set(node, "tests", counts.all());
    set(node, "failures", counts.of(Verdict::fail));
    set(node, "errors", errors());
    set(node, "time", seconds_text(time));
  }
};

struct Suite {
  pugi::xml_node node;
  std::string file;
  SuiteTotals totals;
};

/// The element of a case that tells how it ended; one that passed has none.
const char* element_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return nullptr;
    case Verdict::fail:
      return "failure";
    case Verdict::inconclusive:
    case Verdict::error:
      return "error";
    case Verdict::skip:
      return "skipped";
  }
  return nullptr;
}

class JunitDocument {
 public:
  explicit JunitDocument(const RunResults& results)
      : results_(results),
        declaration_(document_.append_child(pugi::node_declaration)),
        root_(document_.append_child("testsuites")) {
    set(declaration_, "version", "1.0");
    set(declaration_, "encoding", "UTF-8");
    set(root_, "name", "timewait");
  }

  void add(const Record& record) {
    Suite& suite = suite_of(record);
    suite.totals.add(record);
    totals_.add(record);
    pugi::xml_node test = suite.node.append_child("testcase");
    set(test, "classname",
        record.theme.empty() ? record.scenario : record.theme + "." + record.scenario);
    set(test, "name", record.point.empty() ? record.scenario : cell_name(record.point));
    set(test, "time", seconds_text(record.duration));
    write_end(record, test);
  }

  void write(const Sink& sink) {
    totals_.write(root_);
    for (auto& [name, suite] : suites_) finish(suite);
    SinkWriter writer(sink);
    document_.save(writer, "  ", pugi::format_indent, pugi::encoding_utf8);
  }

 private:
  /// The way that pugixml writes to, into a sink.
  class SinkWriter : public pugi::xml_writer {
   public:
    explicit SinkWriter(const Sink& sink) : sink_(sink) {}
    void write(const void* data, std::size_t size) override {
      sink_({static_cast<const char*>(data), size});
    }

   private:
    const Sink& sink_;
  };

  Suite& suite_of(const Record& record) {
    const auto [place, is_new] = suites_.try_emplace({record.theme, record.scenario});
    Suite& suite = place->second;
    if (!is_new) return suite;
    suite.node = root_.append_child("testsuite");
    suite.file = scenario_file(record.theme, record.scenario);
    set(suite.node, "name", record.scenario);
    add_properties(suite.node, record);
    return suite;
  }

  void add_properties(pugi::xml_node suite, const Record& record) const {
    pugi::xml_node properties = suite.append_child("properties");
    const RunSummary& summary = results_.summary;
    for (const auto& [name, value] : {std::pair("title", record.title),
                                      {"kernel", summary.kernel},
                                      {"isolation", summary.isolation},
                                      {"timewait", summary.version}}) {
      pugi::xml_node property = properties.append_child("property");
      set(property, "name", name);
      set(property, "value", value);
    }
  }

  static void write_end(const Record& record, pugi::xml_node test) {
    const char* element = element_of(record.verdict);
    if (element == nullptr) return;
    pugi::xml_node end = test.append_child(element);
    set(end, "type", std::string(kVerdicts.name(record.verdict)));
    set(end, "message", record.reason);
    if (has_account(record)) end.text().set(account_of(record).c_str());
  }

  void finish(Suite& suite) const {
    const SuiteTotals& totals = suite.totals;
    totals.write(suite.node);
    set(suite.node, "skipped", totals.counts.of(Verdict::skip));
    set(suite.node, "timestamp",
        date_text(results_.date.value_or(std::chrono::floor<std::chrono::seconds>(totals.began))));
    set(suite.node, "file", suite.file);
  }

  const RunResults& results_;
  pugi::xml_document document_;
  pugi::xml_node declaration_;
  pugi::xml_node root_;
  std::map<std::pair<std::string, std::string>, Suite> suites_;  ///< by theme and scenario
  SuiteTotals totals_;
};

}  // namespace

void write_junit(const RunResults& results, const TextStyle&, const Sink& sink) {
  JunitDocument document(results);
  results.for_each([&](const Record& record) { document.add(record); });
  document.write(sink);
}

}  // namespace timewait
