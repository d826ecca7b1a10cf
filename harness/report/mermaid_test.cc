#include "harness/report/mermaid.h"

#include <gmock/gmock.h>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_examples.h"

namespace timewait {
namespace {

using testing::HasSubstr;

TEST(Mermaid, ShowsHowTheServerClosesFirst) {
  const std::string text = mermaid(server_closes_first());
  EXPECT_THAT(text, testing::StartsWith(R"(sequenceDiagram
    title server-closes-first/first=plain,rebind=plain
    participant server as server 0.0.0.0:12000
    participant client as client
    Note over server,client:wrap: server runs message_server with plain
    Note over server:wrap: starts message_server --with plain
    activate server
    Note left of server: LISTEN
)"));
  EXPECT_THAT(text, HasSubstr(R"(
    server->>client: FIN, ACK seq 41 ack 41
    Note left of server: FIN_WAIT1
    Note right of client: CLOSE_WAIT
    Note left of server: LISTEN gone
    Note over server:wrap: ends, exit 0
    deactivate server
)"));
  EXPECT_THAT(text, testing::EndsWith(R"(
    Note over server,client:wrap: rebind with plain → bind:EADDRINUSE
    Note over server:wrap: socket(tcp) = 9
    Note over server:wrap: bind(0.0.0.0:12000) = -1 EADDRINUSE
    Note over server,client:wrap: pass: bind:EADDRINUSE, as expected
    Note over server,client:wrap: held by TIME_WAIT 127.0.0.1:12000 -#62; 127.0.0.1:40312, no process, 59.99 s left
)"));
}

TEST(Mermaid, ShowsASocketThatIsBothEnds) {
  EXPECT_EQ(mermaid(connected_to_itself()), R"(sequenceDiagram
    title socket-connected-to-itself
    participant server as server 127.0.0.1:12000
    Note over server:wrap: server runs peer
    Note over server:wrap: starts peer
    activate server
    Note over server:wrap: server calls connect s 127.0.0.1:12000 → ok 0
    server->>server: SYN, to itself
    server->>server: SYN, ACK, to itself
    Note left of server: ESTABLISHED
    Note over server:wrap: server calls close s → ok 0
    server->>server: FIN, ACK seq 1 ack 1, to itself
    server->>server: ACK seq 2 ack 2, to itself
    Note left of server: TIME_WAIT
    Note over server:wrap: precondition server TIME_WAIT
    Note over server:wrap: rebind with plain → bind:EADDRINUSE
    Note over server:wrap: socket(tcp) = 9
    Note over server:wrap: bind(0.0.0.0:12000) = -1 EADDRINUSE
    Note over server:wrap: pass: bind:EADDRINUSE, as expected
    Note over server:wrap: held by TIME_WAIT 127.0.0.1:12000 -#62; 127.0.0.1:12000, no process, 59.99 s left
)");
}

TEST(Mermaid, EscapesWhatMermaidOrHtmlWouldTakeForItsOwn) {
  Record record = server_closes_first();
  record.steps[0].text = "a;b #59; %%c <br/> & $$d$$\ne";
  EXPECT_THAT(mermaid(record), HasSubstr("Note over server,client:wrap: a#59;b #35;59#59; "
                                         "#37;#37;c #60;br/#62; #38; #36;#36;d#36;#36; e\n"));
}

TEST(Mermaid, SaysWhatIsMissing) {
  EXPECT_THAT(mermaid(without_capture()),
              HasSubstr("participant client as client\n    Note over server,client:wrap: no "
                        "segments: socket(AF_PACKET): Operation not permitted\n"));
}

TEST(Mermaid, EndsNoBarThatItDidNotBegin) {
  for (const Record& record : record_examples()) {
    const std::string text = mermaid(record);
    for (const std::string line : {"server", "client"})
      EXPECT_LE(text.find("    activate " + line), text.find("    deactivate " + line)) << text;
  }
}

}  // namespace
}  // namespace timewait
