#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/words/language.h"

namespace timewait {

/// The texts of one language, by section and id: tables of a TOML file that hold nothing but texts.
class Catalogue {
 public:
  Catalogue() = default;

  /// Throws Error for what is no such file; the message names the place.
  explicit Catalogue(std::string_view toml);

  /// Nothing where it has no such text.
  std::optional<std::string_view> find(std::string_view section, std::string_view id) const;

  /// All ids of a section.
  std::vector<std::string> ids_of(std::string_view section) const;

 private:
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> sections_;
};

/// The texts that belong to the program itself; none for English, which stands in the code.
const Catalogue& catalogue_of(Language language);

/// The text called `id` in `language`, or `english` where the catalogue has none.
std::string_view text_in(Language language, std::string_view section, std::string_view id,
                         std::string_view english);

/// The numbers of the places of a text: 0 and 2 of "{2} holds {0}".
std::set<int> places_of(std::string_view text);

/// `text` with each place {0}, {1}, ... taken by the argument of that number. A place for which
/// there is no argument stays as it is.
std::string filled(std::string_view text, const std::vector<std::string>& arguments);

}  // namespace timewait
