#include "harness/model/test_corpus.h"

namespace timewait {
namespace {

constexpr TestScript kOptions[] = {
    {"SelectorWithoutReuseport", "socket a; setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
    {"UrgentByte", "connection; send c 4 oob; recv s 40; shutdown c write; recv s 40"},
    {"UrgentByteInLine",
     "connection; setsockopt s SO_OOBINLINE 1; send c 4 oob; recv s 40; shutdown c write; "
     "recv s 40"},
    {"Broadcast",
     "socket s udp; connect s 127.255.255.255:12000; setsockopt s SO_BROADCAST 1; connect "
     "s 127.255.255.255:12000"},
    {"NewestGetsDatagram",
     "socket a udp; set a reuseaddr; bind a 127.0.0.1:12000; socket b udp; set b "
     "reuseaddr; bind b 127.0.0.1:12000; socket c udp; connect c 127.0.0.1:12000; send c "
     "5; nonblock a; recv a 9; recv b 9"},
    {"NobodyHasTheUdpPort",
     "socket c udp; connect c 127.0.0.1:12000; send c 5; send c 5; send c 5; recv c 5"},
    {"EveryOptionOnce",
     "socket s; setsockopt s SO_DEBUG 0; setsockopt s SO_BROADCAST 1; getsockopt s "
     "SO_BROADCAST; setsockopt s SO_LINGER 1:5; getsockopt s SO_LINGER; setsockopt s "
     "SO_LINGER 0:0; getsockopt s SO_LINGER; setsockopt s SO_SNDBUF 8192; getsockopt s "
     "SO_SNDBUF; setsockopt s SO_RCVBUF 8192; getsockopt s SO_RCVBUF; setsockopt s "
     "SO_RCVBUF 1; getsockopt s SO_RCVBUF; setsockopt s SO_RCVLOWAT 8; getsockopt s "
     "SO_RCVLOWAT; setsockopt s SO_RCVTIMEO 2:500000; getsockopt s SO_RCVTIMEO; setsockopt "
     "s SO_SNDLOWAT 8; getsockopt s SO_SNDLOWAT; getsockopt s SO_ACCEPTCONN; setsockopt s "
     "TCP_KEEPIDLE 1; getsockopt s TCP_KEEPIDLE; getsockopt s TCP_KEEPINTVL; getsockopt s "
     "TCP_KEEPCNT; getsockopt s TCP_SYNCNT; getsockopt s TCP_LINGER2; setsockopt s "
     "TCP_LINGER2 5; getsockopt s TCP_LINGER2; setsockopt s TCP_LINGER2 300; getsockopt s "
     "TCP_LINGER2; setsockopt s TCP_LINGER2 -5; getsockopt s TCP_LINGER2; getsockopt s "
     "TCP_DEFER_ACCEPT; getsockopt s TCP_USER_TIMEOUT; getsockopt s TCP_FASTOPEN; "
     "getsockopt s TCP_QUICKACK"},
    {"ValuesOutOfRange",
     "socket s; setsockopt s TCP_KEEPIDLE 0; setsockopt s TCP_KEEPIDLE 32768; setsockopt s "
     "TCP_KEEPCNT 128; setsockopt s TCP_SYNCNT 0; setsockopt s TCP_USER_TIMEOUT -1; "
     "setsockopt s TCP_FASTOPEN -1; setsockopt s TCP_REPAIR 7"},
    {"Timeouts",
     "socket s; setsockopt s SO_RCVTIMEO 0:1000000; setsockopt s SO_RCVTIMEO 0:-1; "
     "setsockopt s SO_RCVTIMEO 9223372036854775807:0; getsockopt s SO_RCVTIMEO; setsockopt "
     "s SO_SNDTIMEO 1:0; getsockopt s SO_SNDTIMEO"},
    {"ValuesThatCannotBeRead",
     "socket s; setsockopt s SO_REUSEADDR nowhere; setsockopt s SO_REUSEADDR 1 3; "
     "setsockopt s SO_LINGER 1:5 4; setsockopt s SO_RCVTIMEO 1:5 8; setsockopt s 1:9999 "
     "nowhere; setsockopt s 0:9999 nowhere; setsockopt s IP_FREEBIND nowhere; setsockopt s "
     "TCP_NODELAY nowhere; setsockopt s TCP_NODELAY 1 2; setsockopt s IP_FREEBIND 1 1; "
     "getsockopt s IP_FREEBIND; setsockopt s SO_BINDTODEVICE nowhere"},
    {"OptionsOfNobody",
     "socket s; socket u udp; setsockopt s 1:9999 1; setsockopt s 6:9999 1; setsockopt s "
     "0:9999 1; setsockopt u TCP_LINGER2 1; setsockopt s 17:1 1; setsockopt s 200:1 1; "
     "setsockopt s IPV6_V6ONLY 1; getsockopt s 1:9999; setsockopt s SO_ERROR 1"},
    {"V6onlyAfterBind",
     "socket a tcp6; bind a [::]:12000; setsockopt a IPV6_V6ONLY 1; getsockopt a "
     "IPV6_V6ONLY"},
    {"Devices",
     "socket a; setsockopt a SO_BINDTODEVICE nodev0; setsockopt a SO_BINDTODEVICE lo; "
     "getsockopt a SO_BINDTODEVICE"},
    {"NoDescriptor",
     "socket s; close s; setsockopt 99 SO_REUSEADDR 1; bind 99 127.0.0.1:12000; close 99; "
     "poll 99 0"},
    {"LowWaterMark",
     "connection; setsockopt s SO_RCVLOWAT 8; send c 4; poll s 0; send c 4; poll s 0"},
    {"TimeoutOfARead",
     "connection; setsockopt s SO_RCVTIMEO 0:20000; setsockopt s SO_RCVLOWAT 8; recv s 40; "
     "send c 4; recv s 40"},
    {"PollSees",
     "connection; poll c 0; poll c 0 out; send s 1; poll c 0; close s; poll c 0 hup; "
     "socket f; poll f 0 hup"},
};

}  // namespace

std::span<const TestScript> scripts_of_options() { return kOptions; }

}  // namespace timewait
