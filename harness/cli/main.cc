#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "harness/base/error.h"
#include "harness/cli/commands.h"

namespace {

constexpr int kBadUsage = 2;
constexpr int kCannotRunHere = 77;
constexpr int kBroken = 125;
constexpr int kStoppedBySignal = 128;  // and its number

/// What the harness says about itself goes to standard error; results go to standard output.
void set_up_log(bool verbose) {
  spdlog::set_default_logger(spdlog::stderr_color_st("timewait"));
  spdlog::set_pattern("%n: %v");
  spdlog::set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
}

/// Whoever starts us with a standard stream closed must not have a socket or a file of ours there.
void open_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) < 0) std::abort();
}

/// Writes out what is still buffered: results that did not arrive must not look like success. Where
/// a signal stopped it they do not anyway.
void flush_results(int status) {
  if (std::fflush(stdout) != 0 && status <= kStoppedBySignal)
    throw std::system_error(errno, std::generic_category(), "cannot write the results");
}

/// Says why the program ends, to whom it may concern: there may be no terminal any more.
void complain(const std::string& why) { std::fputs(("timewait: " + why + "\n").c_str(), stderr); }

}  // namespace

int main(int argc, char** argv) try {
  open_standard_streams();
  std::setlocale(LC_CTYPE, "");
  CLI::App app{"Reproduces TIME_WAIT on this kernel and proves what held the port.", "timewait"};
  app.set_version_flag("--version", std::string(TIMEWAIT_VERSION));
  app.require_subcommand(0, 1);
  app.fallthrough();
  bool verbose = false;
  app.add_flag("-v,--verbose", verbose, "tell on standard error what the harness does");
  timewait::Action action;
  timewait::add_run_command(app, action);
  timewait::add_list_command(app, action);
  timewait::add_show_command(app, action);
  timewait::add_report_command(app, action);
  timewait::add_explain_command(app, action);
  timewait::add_trace_command(app, action);
  timewait::add_explore_command(app, action);
  timewait::add_claims_command(app, action);
  timewait::add_mutate_command(app, action);
  timewait::add_compare_command(app, action);
  timewait::add_merge_command(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kBadUsage;
  }
  if (!action) {
    fmt::print(stderr, "{}", app.help());
    return kBadUsage;
  }
  set_up_log(verbose);
  ::signal(SIGCHLD, SIG_DFL);  // who started us may have ignored it, and we wait for children
  ::signal(SIGPIPE, SIG_IGN);  // an actor that does not read its input is data, not our end
  const int status = action();
  flush_results(status);
  return status;
} catch (const std::system_error& error) {
  // A reader that has seen enough, as in `timewait list | head`, needs no explanation.
  if (error.code().value() != EPIPE) complain(error.what());
  return kBroken;
} catch (const timewait::CannotRunHere& error) {
  complain(std::string("cannot run here: ") + error.what());
  return kCannotRunHere;
} catch (const timewait::BadInput& error) {
  complain(error.what());
  return kBadUsage;
} catch (const std::exception& error) {
  complain(error.what());
  return kBroken;
}
