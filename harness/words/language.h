#pragma once

#include "harness/base/enum_table.h"

namespace timewait {

/// A language in which results are told. What the files and the code say themselves is English.
enum class Language {
  en,
  zh,  ///< 简体中文
};

inline constexpr auto kLanguages = enum_table<Language>({
    {Language::en, "en"},
    {Language::zh, "zh"},
});

/// The language for messages that LC_ALL, LC_MESSAGES or LANG ask for, the first of them that is
/// set; English where there is none of ours.
Language language_of_environment();

}  // namespace timewait
