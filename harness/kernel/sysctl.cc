#include "harness/kernel/sysctl.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "harness/base/error.h"
#include "harness/base/shortage.h"

namespace timewait {
namespace {

std::string path_of(std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  return "/proc/sys/" + name;
}

/// What has no descriptor or memory left does not say what the kernel can do.
void refuse_shortage(const std::string& name) {
  if (is_shortage(errno)) throw_system_error(fmt::format("open({})", path_of(name)));
}

}  // namespace

std::string read_sysctl(const std::string& name) {
  errno = 0;
  std::ifstream file(path_of(name));
  std::string value;
  if (!std::getline(file, value)) {
    refuse_shortage(name);
    throw CannotRunHere(fmt::format("this kernel shows no sysctl {}", name));
  }
  return value;
}

void write_sysctl(const std::string& name, const std::string& value) {
  if (!name.starts_with("net."))
    throw Error(fmt::format("sysctl {} belongs to the machine, only net.* to the sandbox", name));
  errno = 0;
  std::ofstream file(path_of(name));
  if (file) file << value << std::flush;
  if (file) return;
  refuse_shortage(name);
  const std::string complaint =
      fmt::format("sysctl {} = {} is refused: {}", name, value, std::strerror(errno));
  if (errno == EINVAL) throw Error(complaint);
  throw CannotRunHere(complaint);
}

}  // namespace timewait
