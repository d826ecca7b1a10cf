#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/words/catalogue.h"

namespace timewait {

/// An id with its English text.
using EnglishText = std::pair<std::string, std::string>;

/// What is wrong with a section of a catalogue, held against the English texts: a text that is
/// missing, one that has other places, one that nobody asks for.
inline std::vector<std::string> misfits(const Catalogue& catalogue, const std::string& section,
                                        const std::vector<EnglishText>& english) {
  std::vector<std::string> all;
  for (const auto& [id, text] : english) {
    const auto other = catalogue.find(section, id);
    if (!other)
      all.push_back(fmt::format("[{}] has no {}: {}", section, id, text));
    else if (places_of(*other) != places_of(text))
      all.push_back(fmt::format("[{}] {} has other places: {}", section, id, *other));
  }
  for (const std::string& id : catalogue.ids_of(section))
    if (std::ranges::find(english, id, &EnglishText::first) == english.end())
      all.push_back(fmt::format("[{}] has {}, which nobody asks for", section, id));
  return all;
}

}  // namespace timewait
