#include <fmt/format.h>

#include <memory>
#include <optional>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/output_style.h"
#include "harness/cli/record_folder.h"
#include "harness/cli/trace_output.h"

namespace timewait {
namespace {

struct TraceOptions {
  Locations locations = default_locations();
  std::string directory;
  std::string name;
  std::string format = "text";
  std::string pcap;
  std::string language = default_language();
};

/// The first kept record of SCENARIO or SCENARIO/CELL.
Record find_record(const std::string& directory, const std::string& name) {
  const RecordFolder folder(directory);
  std::optional<Record> found;
  folder.for_each([&](const Record& record) {
    if (found) return;
    const std::string cell = fmt::format("{}/{}", record.scenario, cell_name(record.point));
    if (name == record.scenario || name == cell) found = record;
  });
  if (!found) throw BadInput(fmt::format("{} has no record of {}", folder.records_path(), name));
  return std::move(*found);
}

int trace(const TraceOptions& options) {
  const Record record = find_record(options.directory, options.name);
  if (!options.pcap.empty()) write_capture(options.pcap, record);
  const OutputStyle style(options.language, options.locations);
  print_trace(*kTraceFormats.find(options.format), record, style.text());
  return exit_code_of(record);
}

}  // namespace

void add_trace_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<TraceOptions>();
  CLI::App* command =
      app.add_subcommand("trace", "draw what happened in a cell whose record was kept");
  command->add_option("dir", options->directory, "the folder that `run --out` wrote")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("name", options->name, "a cell (SCENARIO/CELL), or a scenario: its first cell")
      ->type_name("NAME")
      ->required();
  command->add_option("--format", options->format, "how it is drawn")
      ->check(CLI::IsMember({"text", "json", "mermaid"}))
      ->capture_default_str();
  command->add_option("--pcap", options->pcap, "write the segments into a capture file, too")
      ->type_name("FILE");
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return trace(*options); }; });
}

}  // namespace timewait
