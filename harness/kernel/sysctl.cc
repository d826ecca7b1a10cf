#include "harness/kernel/sysctl.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "harness/base/error.h"

namespace timewait {
namespace {

std::string path_of(std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  return "/proc/sys/" + name;
}

}  // namespace

std::string read_sysctl(const std::string& name) {
  std::ifstream file(path_of(name));
  std::string value;
  if (!std::getline(file, value))
    throw CannotRunHere(fmt::format("this kernel shows no sysctl {}", name));
  return value;
}

void write_sysctl(const std::string& name, const std::string& value) {
  if (!name.starts_with("net."))
    throw Error(fmt::format("sysctl {} belongs to the machine, only net.* to the sandbox", name));
  std::ofstream file(path_of(name));
  if (file) file << value << std::flush;
  if (file) return;
  const std::string complaint =
      fmt::format("sysctl {} = {} is refused: {}", name, value, std::strerror(errno));
  if (errno == EINVAL) throw Error(complaint);
  throw CannotRunHere(complaint);
}

}  // namespace timewait
