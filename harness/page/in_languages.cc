#include "harness/page/in_languages.h"

namespace timewait {

nlohmann::ordered_json in_languages(std::string_view english, std::string_view chinese) {
  nlohmann::ordered_json json{{"en", english}};
  if (!chinese.empty()) json["zh"] = chinese;
  return json;
}

}  // namespace timewait
