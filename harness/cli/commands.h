#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace timewait {

/// What a command does once its arguments are known; returns the exit code.
using Action = std::function<int()>;

/// Each adds one command to `app`. When that command was given, `action` is set to it.
void add_run_command(CLI::App& app, Action& action);
void add_list_command(CLI::App& app, Action& action);
void add_show_command(CLI::App& app, Action& action);
void add_report_command(CLI::App& app, Action& action);
void add_explain_command(CLI::App& app, Action& action);
void add_trace_command(CLI::App& app, Action& action);
void add_explore_command(CLI::App& app, Action& action);
void add_claims_command(CLI::App& app, Action& action);
void add_mutate_command(CLI::App& app, Action& action);
void add_compare_command(CLI::App& app, Action& action);
void add_merge_command(CLI::App& app, Action& action);
void add_doctor_command(CLI::App& app, Action& action);
void add_manual_command(CLI::App& app, Action& action);

}  // namespace timewait
