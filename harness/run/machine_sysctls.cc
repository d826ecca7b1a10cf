#include "harness/run/machine_sysctls.h"

#include <algorithm>
#include <vector>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"
#include "harness/model/network.h"
#include "harness/model/prediction.h"

namespace timewait {
namespace {

struct Setting {
  std::string name;
  std::string value;
};

/// True where the model would have it so anyway, or does not know what the value means.
bool is_usual(const Setting& setting) {
  Sysctls sysctls;
  try {
    set_sysctl(sysctls, setting.name, setting.value);
  } catch (const BadInput&) {
    return true;
  }
  return sysctls == Sysctls();
}

std::vector<Setting> unusual_settings() {
  std::vector<Setting> settings;
  for (const std::string& name : followed_sysctls()) try {
      Setting setting{.name = name, .value = read_sysctl(name)};
      if (!is_usual(setting)) settings.push_back(std::move(setting));
    } catch (const CannotRunHere&) {
      continue;  // this kernel has none of that name
    }
  return settings;
}

/// What happens to the sockets of a prediction, without the steps in which it does.
std::vector<std::vector<std::optional<TcpState>>> lives(const Prediction& prediction) {
  std::vector<std::vector<std::optional<TcpState>>> all;
  for (const PredictedSocket& socket : prediction.sockets) {
    all.emplace_back();
    for (const auto& moment : socket.moments) all.back().push_back(moment.state);
  }
  return all;
}

bool is_alike(const Prediction& one, const Prediction& other) {
  return one.outcome == other.outcome && one.trouble.empty() == other.trouble.empty() &&
         one.bound_after == other.bound_after && lives(one) == lives(other);
}

Cell with_setting(const Cell& cell, const Setting& setting) {
  Cell changed = cell;
  changed.steps.insert(changed.steps.begin(), Step{.verb = Verb::sysctl,
                                                   .at = {},
                                                   .text = "sysctl " + setting.name,
                                                   .name = setting.name,
                                                   .phrase = setting.value});
  return changed;
}

}  // namespace

std::string disturbing_sysctls(const Cell& cell, const KernelTraits& traits) {
  const ModelSettings model{.traits = traits};
  const Prediction usual = predict(cell, model);
  std::string all;
  for (const Setting& setting : unusual_settings())
    if (!is_alike(usual, predict(with_setting(cell, setting), model)))
      all += (all.empty() ? "" : ", ") + setting.name + " = " + setting.value;
  return all;
}

}  // namespace timewait
