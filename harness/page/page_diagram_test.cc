#include "harness/page/page_diagram.h"

#include <gmock/gmock.h>

#include "harness/model/tcp_transitions.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

TEST(PageDiagram, HasEveryTransition) {
  EXPECT_EQ(diagram_json()["transitions"].size(), tcp_transitions().size());
}

TEST(PageDiagram, NamesTheStatesTheEventTheSegmentAndTheRule) {
  EXPECT_THAT(diagram_json()["transitions"],
              testing::Contains(Json::parse(
                  R"({"from": "ESTABLISHED", "event": "closes", "to": "FIN_WAIT1", "sends": "FIN",
                      "rule": "closing_sends_fin"})")));
}

TEST(PageDiagram, LeavesOutASegmentThatIsNotSent) {
  EXPECT_THAT(diagram_json()["transitions"],
              testing::Contains(Json::parse(
                  R"({"from": "TIME_WAIT", "event": "timer fires", "to": "BOUND",
                      "rule": "time_wait_ends"})")));
}

}  // namespace
}  // namespace timewait
