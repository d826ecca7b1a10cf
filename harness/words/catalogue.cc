#include "harness/words/catalogue.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <charconv>

#include "harness/base/error.h"

namespace timewait {

// The catalogue that is built in, see embedded_text() in CMakeLists.txt.
std::string_view chinese_words();

namespace {

toml::table parse(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error(fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
}

[[noreturn]] void fail(const toml::key& key, std::string_view message) {
  throw Error(fmt::format("line {}: \"{}\" {}", key.source().begin.line, key.str(), message));
}

/// The number between the braces with which `text` begins; nothing if that is no place.
std::optional<int> place_at_front(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + 1, end, number);
  const bool is_place = error == std::errc() && stop != end && *stop == '}';
  return is_place ? std::optional(number) : std::nullopt;
}

}  // namespace

Catalogue::Catalogue(std::string_view toml) {
  for (const auto& [section, content] : parse(toml)) {
    if (!content.is_table()) fail(section, "must be a table");
    auto& texts = sections_[std::string(section.str())];
    for (const auto& [id, node] : *content.as_table()) {
      const auto text = node.value_exact<std::string>();
      if (!text || text->empty()) fail(id, "must be a text");
      texts.emplace(id.str(), *text);
    }
  }
}

std::optional<std::string_view> Catalogue::find(std::string_view section,
                                                std::string_view id) const {
  const auto texts = sections_.find(section);
  if (texts == sections_.end()) return std::nullopt;
  const auto text = texts->second.find(id);
  return text == texts->second.end() ? std::nullopt : std::optional<std::string_view>(text->second);
}

std::vector<std::string> Catalogue::ids_of(std::string_view section) const {
  std::vector<std::string> ids;
  const auto texts = sections_.find(section);
  if (texts == sections_.end()) return ids;
  for (const auto& [id, text] : texts->second) ids.push_back(id);
  return ids;
}

const Catalogue& catalogue_of(Language language) {
  static const Catalogue kEnglish;
  if (language == Language::en) return kEnglish;
  static const Catalogue kChinese(
      chinese_words());  // costs more than a cell's own work: not unasked
  return kChinese;
}

std::string_view text_in(Language language, std::string_view section, std::string_view id,
                         std::string_view english) {
  return catalogue_of(language).find(section, id).value_or(english);
}

std::set<int> places_of(std::string_view text) {
  std::set<int> places;
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
    if (const auto place = place_at_front(text.substr(at))) places.insert(*place);
  return places;
}

std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string result;
  while (!text.empty()) {
    const auto place = text.front() == '{' ? place_at_front(text) : std::nullopt;
    if (place && *place >= 0 && static_cast<std::size_t>(*place) < arguments.size()) {
      result += arguments[static_cast<std::size_t>(*place)];
      text.remove_prefix(text.find('}') + 1);
    } else {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

}  // namespace timewait
