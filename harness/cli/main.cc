#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <system_error>

#include "harness/base/error.h"
#include "harness/base/shortage.h"
#include "harness/cli/commands.h"
#include "harness/cli/path_arguments.h"
#include "harness/report/characters.h"

namespace {

constexpr int kBadUsage = 2;
constexpr int kCannotRunHere = 77;
constexpr int kBroken = 125;
constexpr int kStoppedBySignal = 128;  // and its number

/// The text of a log line, which may quote what a program said.
class HarmlessText : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& into) override {
    const std::string text =
        timewait::terminal_text({message.payload.data(), message.payload.size()});
    into.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
    return std::make_unique<HarmlessText>();
  }
};

/// What the harness says about itself goes to standard error; results go to standard output.
void set_up_log(bool verbose) {
  spdlog::set_default_logger(spdlog::stderr_color_st("timewait"));
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<HarmlessText>('*').set_pattern("%n: %*");
  spdlog::set_formatter(std::move(formatter));
  spdlog::set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
}

/// Whoever starts us with a standard stream closed must not have a socket or a file of ours there.
/// What is opened is only to be read: results that nobody gets are an error as on a full disk.
void open_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDONLY) < 0) std::abort();
  // What else it left open is nothing to the programs of a scenario.
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

/// Writes out what is still buffered: results that did not arrive must not look like success. Where
/// a signal stopped it they do not anyway.
void flush_results(int status) {
  if (std::fflush(stdout) != 0 && status <= kStoppedBySignal)
    throw std::system_error(errno, std::generic_category(), "cannot write the results");
}

/// Says why the program ends, to whom it may concern: standard error may be full or closed, the
/// terminal gone. Errors quote scenarios, which may be somebody else's and must not steer it.
void complain(const std::string& why) {
  std::fputs(("timewait: " + timewait::terminal_text(why) + "\n").c_str(), stderr);
}

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
  timewait::add_doctor_command(app, action);
  timewait::add_manual_command(app, action);
  timewait::refuse_empty_paths(app);
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
  ::signal(SIGXFSZ,
           SIG_IGN);  // a file that may not become longer is a write error, with a sentence
  ::signal(SIGPIPE, SIG_IGN);  // an actor that does not read its input is data, not our end
  const int status = action();
  flush_results(status);
  return status;
} catch (const std::system_error& error) {
  // A reader that has seen enough, as in `timewait list | head`, needs no explanation.
  if (error.code().value() == EPIPE) return kStoppedBySignal + SIGPIPE;
  complain(timewait::reason_of(error));
  return kBroken;
} catch (const timewait::CannotRunHere& error) {
  complain(std::string("cannot run here: ") + error.what());
  return kCannotRunHere;
} catch (const timewait::BadInput& error) {
  complain(error.what());
  return kBadUsage;
} catch (const std::exception& error) {
  complain(timewait::reason_of(error));
  return kBroken;
}
