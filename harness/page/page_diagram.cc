#include "harness/page/page_diagram.h"

#include "harness/model/tcp_transitions.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Transition& transition) {
  Json json{{"from", kTcpStates.name(transition.from)},
            {"event", kTcpEvents.name(transition.event)},
            {"to", kTcpStates.name(transition.to)}};
  if (transition.sends != Sends::nothing) json["sends"] = kSends.name(transition.sends);
  json["rule"] = row_of(transition.rule).name;
  return json;
}

}  // namespace

Json diagram_json() {
  Json transitions = Json::array();
  for (const Transition& transition : tcp_transitions()) transitions.push_back(json_of(transition));
  return {{"transitions", transitions}};
}

}  // namespace timewait
