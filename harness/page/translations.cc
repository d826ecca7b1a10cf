#include "harness/page/translations.h"

namespace timewait {

nlohmann::ordered_json in_languages(const std::string& english,
                                    const std::optional<std::string>& chinese) {
  nlohmann::ordered_json json{{"en", english}};
  if (chinese) json["zh"] = *chinese;
  return json;
}

}  // namespace timewait
