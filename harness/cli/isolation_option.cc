#include "harness/cli/isolation_option.h"

#include "harness/run/isolation.h"

namespace timewait {

void add_isolation_option(CLI::App& command, std::string& rung) {
  command
      .add_option("--isolation", rung,
                  "how cells are kept apart from the machine: user, network and pid namespaces, "
                  "those but the first as root, or its own loopback (default: the first that "
                  "works)")
      ->type_name("RUNG")
      ->check(CLI::IsMember(kIsolationWords.name_list()));
}

}  // namespace timewait
