#include "harness/cli/trace_output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "harness/base/error.h"
#include "harness/report/ladder.h"
#include "harness/report/matrix.h"
#include "harness/report/mermaid.h"
#include "harness/report/pcapng.h"
#include "harness/run/record_json.h"

namespace timewait {

void print_trace(TraceFormat format, const Record& record, const TextStyle& style) {
  switch (format) {
    case TraceFormat::text:
      fmt::print("{}", ladder(record, style));
      return;
    case TraceFormat::json:
      fmt::print("{}\n", to_json_line(record));
      return;
    case TraceFormat::mermaid:
      fmt::print("{}", mermaid(record));
      return;
  }
}

void check_writable(const std::string& path) {
  const std::ofstream file(path, std::ios::app);
  if (!file) throw BadInput(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

void write_capture(const std::string& path, const Record& record) {
  if (record.evidence && !record.evidence->capture) throw CannotRunHere(record.capture_trouble);
  const std::string bytes = pcapng(record);
  std::ofstream file(path, std::ios::binary);
  if (!file) throw BadInput(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  file << bytes << std::flush;
  if (!file) throw SystemError(fmt::format("write({})", path), errno);
}

int exit_code_of(const Record& record) {
  Matrix matrix;
  matrix.add(cell_result_of(record));
  return matrix.exit_code();
}

}  // namespace timewait
