#pragma once

#include <string>

#include "harness/base/enum_table.h"
#include "harness/report/text_style.h"
#include "harness/run/record.h"

namespace timewait {

/// How one cell is drawn on standard output.
enum class TraceFormat { text, json, mermaid };

inline constexpr auto kTraceFormats = enum_table<TraceFormat>({
    {TraceFormat::text, "text"},
    {TraceFormat::json, "json"},
    {TraceFormat::mermaid, "mermaid"},
});

/// Prints what happened in a cell: as a ladder diagram, as a Mermaid one, or as the record itself.
void print_trace(TraceFormat format, const Record& record, const TextStyle& style);

/// Throws BadInput when no file can be written at `path`.
void check_writable(const std::string& path);

/// Writes the segments of a cell into a capture file. Throws BadInput when it cannot be written,
/// CannotRunHere when there was no capture.
void write_capture(const std::string& path, const Record& record);

/// The exit code that a single verdict stands for.
int exit_code_of(const Record& record);

}  // namespace timewait
