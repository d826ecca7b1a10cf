#include "harness/page/html_page.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "harness/page/page_data.h"
#include "harness/page/policy_hash.h"

namespace timewait {

std::string_view page_template();
std::string_view page_style();
std::string_view page_script();

namespace {

namespace mustache = kainjow::mustache;

std::string policy() {
  return fmt::format(
      "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
      policy_hash(page_style()), policy_hash(page_script()));
}

std::string title_of(const RunSummary& summary) {
  return fmt::format("timewait: {} {} on Linux {}", summary.cells,
                     summary.cells == 1 ? "cell" : "cells", summary.kernel);
}

}  // namespace

std::string html_page(const RunResults& results, const PageSources& sources) {
  mustache::data variables;
  variables.set("language", "en");
  variables.set("title", title_of(results.summary));
  variables.set("policy", policy());
  variables.set("style", std::string(page_style()));
  variables.set("script", std::string(page_script()));
  variables.set("data", page_data(results, sources));
  std::string page;
  mustache::mustache(std::string(page_template())).render(variables, [&](const std::string& text) {
    page += text;
  });
  return page;
}

}  // namespace timewait
