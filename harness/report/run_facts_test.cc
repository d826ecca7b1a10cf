#include "harness/report/run_facts.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const RunFacts kFacts{.kernel = "6.18.44",
                      .architecture = "x86_64",
                      .hz = 250,
                      .isolation = "user+net+pid namespaces",
                      .sysctls = {{"net.ipv4.tcp_tw_reuse", "2"}},
                      .version = "0.1.0"};

constexpr const char* kText = R"({
  "schema": "timewait.facts/1",
  "version": "0.1.0",
  "kernel": "6.18.44",
  "architecture": "x86_64",
  "hz": 250,
  "isolation": "user+net+pid namespaces",
  "sysctls": {
    "net.ipv4.tcp_tw_reuse": "2"
  }
}
)";

TEST(RunFacts, AreAnObjectThatIsReadBackAsItWas) {
  EXPECT_EQ(to_json(kFacts), kText);
  EXPECT_THAT(differences(kFacts, read_run_facts(kText)), IsEmpty());
  RunFacts unknown = kFacts;
  unknown.architecture = "";
  unknown.hz = 0;
  EXPECT_THAT(to_json(unknown), HasSubstr("\"architecture\": null,\n  \"hz\": null,\n"));
  EXPECT_THAT(differences(unknown, read_run_facts(to_json(unknown))), IsEmpty());
}

TEST(RunFacts, AreTakenFromTheRun) {
  const RunSummary summary{.kernel = "6.18.44",
                           .architecture = "x86_64",
                           .hz = 250,
                           .isolation = "user+net+pid namespaces",
                           .sysctls = {{"net.ipv4.tcp_tw_reuse", "2"}},
                           .version = "0.1.0",
                           .jobs = 7};
  EXPECT_EQ(to_json(facts_of(summary)), kText);
}

TEST(RunFacts, SayWhatTwoRunsDoNotHaveInCommon) {
  RunFacts other = kFacts;
  other.kernel = "5.10.0";
  other.hz = 0;
  other.sysctls = {{"net.ipv4.tcp_rfc1337", "0"}};
  EXPECT_THAT(differences(kFacts, other),
              ElementsAre(Change{"hz", "250", "none"}, Change{"kernel", "6.18.44", "5.10.0"},
                          Change{"sysctl net.ipv4.tcp_rfc1337", "none", "0"},
                          Change{"sysctl net.ipv4.tcp_tw_reuse", "2", "none"}));
}

TEST(RunFacts, RefuseAnotherText) {
  const struct {
    const char* text;
    const char* message;
  } rows[] = {
      {"{}", "this is no facts.json: schema is missing"},
      {"nonsense", "this is no facts.json: it is no JSON from column 2 on"},
      {R"({"schema": "timewait.run/1"})",
       "facts.json has the schema \"timewait.run/1\", not timewait.facts/1"},
      {R"({"schema": "timewait.facts/1", "architecture": 1, "hz": null, "kernel": "6.18"})",
       "this is no facts.json: architecture: 1 is no text"},
      {R"({"schema": "timewait.facts/1", "architecture": null, "hz": -1, "kernel": "6.18"})",
       "this is no facts.json: hz: -1 is no whole number from 0 to 2147483647"},
  };
  for (const auto& row : rows)
    EXPECT_THAT([&] { read_run_facts(row.text); }, testing::ThrowsMessage<BadInput>(row.message));
}

}  // namespace
}  // namespace timewait
