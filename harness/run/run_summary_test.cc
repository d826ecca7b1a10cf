#include "harness/run/run_summary.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"

namespace timewait {
namespace {

using nlohmann::json;

json whole() {
  const RunSummary summary{.kernel = "6.18.44",
                           .architecture = "x86_64",
                           .hz = 250,
                           .isolation = "user+net+pid namespaces",
                           .sysctls = {{"net.ipv4.tcp_rfc1337", "0"}},
                           .version = "0.1.0",
                           .cells = 12,
                           .left_out = {{"slow", 21}},
                           .shards = {{.shard = {.index = 2, .count = 3}, .cells_in_all = 36}}};
  return json::parse(to_json(summary, {{"pass", 12}}));
}

TEST(RunSummary, SaysWhatDoesNotFitAndWhere) {
  const struct {
    const char* place;
    json value;
    const char* message;
  } rows[] = {
      {"/kernel", nullptr, "kernel: null is no text"},
      {"/hz", "250", "hz: \"250\" is no whole number from 0 to 2147483647"},
      {"/sees_options", "yes", "sees_options: \"yes\" is no true or false"},
      {"/sysctls/net.ipv4.tcp_rfc1337", 0, "sysctls.net.ipv4.tcp_rfc1337: 0 is no text"},
      {"/cells", -1, "cells: -1 is no whole number from 0 to 100000000"},
      {"/left_out/slow", 1.5, "left_out.slow: 1.5 is no whole number from 0 to 100000000"},
      {"/wall_ms", 1e300, "wall_ms: 1e+300 is no whole number from 0 to 1000000000000"},
      {"/shards", 1, "shards: 1 is no list"},
      {"/shards/0/shard", "4/3",
       "shards[0].shard: shard 4/3 is no part of a run; the parts of three are 1/3, 2/3 and 3/3, "
       "and there are 10000 at most"},
  };
  ASSERT_NO_THROW(read_run_summary(whole().dump()));
  for (const auto& row : rows) {
    json run = whole();
    run.at(json::json_pointer(row.place)) = row.value;
    EXPECT_THAT(
        [&] { read_run_summary(run.dump()); },
        testing::ThrowsMessage<BadInput>(std::string("this is no run.json: ") + row.message));
  }
}

TEST(RunSummary, SaysFromWhereOnATextIsNoJson) {
  EXPECT_THAT([] { read_run_summary("{\n  \"kernel\": 6.18.44\n}\n"); },
              testing::ThrowsMessage<BadInput>(
                  "this is no run.json: it is no JSON from line 2, column 17 on"));
}

}  // namespace
}  // namespace timewait
