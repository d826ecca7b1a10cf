#include "harness/explore/finding.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace timewait {

using nlohmann::json;

std::string kind_of(const Finding& finding) {
  const auto& [script, disagreement] = finding;
  std::string subject(kSubjects.name(disagreement.subject));
  if (disagreement.subject != Subject::answer) return subject;
  return fmt::format("{} {} {} {}", subject, row_of(script[disagreement.at].name).word,
                     disagreement.kernel, disagreement.model);
}

json to_json(const Finding& finding) {
  const auto& [script, disagreement] = finding;
  return {{"script", texts_of(script)},
          {"subject", kSubjects.name(disagreement.subject)},
          {"at", disagreement.at},
          {"kernel", disagreement.kernel},
          {"model", disagreement.model}};
}

Finding read_finding(const json& one) {
  return {.script = script_of(one.at("script").get<std::vector<std::string>>()),
          .disagreement = {.subject = *kSubjects.find(one.at("subject").get<std::string>()),
                           .at = one.at("at"),
                           .kernel = one.at("kernel"),
                           .model = one.at("model")}};
}

}  // namespace timewait
