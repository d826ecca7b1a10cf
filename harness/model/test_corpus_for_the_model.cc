#include "harness/model/test_corpus.h"

namespace timewait {
namespace {

constexpr TestScript kForTheModel[] = {
    {"DifferentDevices",
     "device va 10.9.0.1:0; socket a; setsockopt a SO_BINDTODEVICE va; bind a "
     "127.0.0.1:12000; socket b; setsockopt b SO_BINDTODEVICE lo; bind b 127.0.0.1:12000; "
     "socket c; bind c 127.0.0.1:12000"},
    {"OtherUsers",
     "as a; socket l; set l reuseport; bind l 127.0.0.1:12000; listen l; as b; seteuid "
     "1000; socket n; set n reuseport; bind n 127.0.0.1:12000; seteuid 2000; socket p; "
     "bind p 127.0.0.1:80; setsockopt p IP_TRANSPARENT 1; setsockopt p TCP_REPAIR 1; "
     "setsockopt p SO_DEBUG 1; setsockopt p SO_BINDTODEVICE lo; setsockopt p "
     "SO_BINDTODEVICE lo; bind p [::1]:80"},
    {"OtherUserOverTimeWait",
     "as a; socket l; set l reuseport; bind l 127.0.0.1:12000; listen l; socket c; connect "
     "c 127.0.0.1:12000; accept l s; close l; close s; close c; as b; seteuid 1000; socket "
     "n; set n reuseport; bind n 127.0.0.1:12000"},
    {"WhoAccepts",
     "seteuid 1000; socket l; set l reuseport; bind l 127.0.0.1:12000; listen l; socket c; "
     "connect c 127.0.0.1:12000; seteuid 0; accept l s; close l; socket n; set n "
     "reuseport; bind n 127.0.0.1:12000"},
    {"TimeWaitEnds", "connection; close l; close s; close c; advance 59900; advance 200"},
    {"FinWait2IsGivenUp", "connection; close l; close s; advance 59900; advance 200"},
    {"Linger2",
     "connection; close l; setsockopt s TCP_LINGER2 5; close s; advance 4000; advance 2000"},
    {"LongFinTimeout",
     "sysctl net.ipv4.tcp_fin_timeout = 90; connection; close l; close s; advance 29000; "
     "advance 2000; advance 30000"},
    {"ChosenPortTakesOver",
     "sysctl net.ipv4.ip_local_port_range = 13000 13000; connection; close c; close s; "
     "socket d; connect d 127.0.0.1:12000; advance 1100; connect d 127.0.0.1:12000"},
    {"ChosenPortAndFinWait2",
     "sysctl net.ipv4.ip_local_port_range = 13000 13000; connection; close c; advance "
     "1100; socket d; connect d 127.0.0.1:12000"},
    {"Keepalive",
     "connection; setsockopt c SO_KEEPALIVE 1; setsockopt c TCP_KEEPIDLE 1; setsockopt c "
     "TCP_KEEPINTVL 1; setsockopt c TCP_KEEPCNT 1; advance 5000; loopback down; advance "
     "3000; recv c 1; send c 1"},
    {"RetransmissionsEnd",
     "connection; close l; loopback down; send s 4; close s; advance 50000; advance 250000"},
    {"LateSegment",
     "bound connection; close l; loopback down; close s; close c; loopback up; advance "
     "5000"},
    {"LastAckThatIsLost",
     "bound connection; close l; close s; setsockopt c SO_ATTACH_FILTER drop; close c; "
     "advance 30000"},
    {"SynRetransmitted",
     "bound connection; close l; close s; close c; sysctl net.ipv4.tcp_rfc1337 = 1; "
     "advance 1000; socket d; nonblock d; bind d 127.0.0.1:13000; connect d "
     "127.0.0.1:12000; advance 5000"},
    {"SimultaneousOpen",
     "socket a; nonblock a; bind a 127.0.0.1:12000; socket b; nonblock b; bind b "
     "127.0.0.1:13000; loopback down; connect a 127.0.0.1:13000; connect b "
     "127.0.0.1:12000; loopback up"},
    {"FinWait2AndSyn",
     "bound connection; close s; loopback down; linger c 0; close c; loopback up; socket "
     "d; bind d 127.0.0.1:13000; connect d 127.0.0.1:12000"},
    {"KeepaliveFindsTimeWait",
     "bound connection; setsockopt s SO_KEEPALIVE 1; setsockopt s TCP_KEEPIDLE 10; close "
     "c; advance 20000; close s"},
    {"ResetOfASynReceived",
     "socket l; bind l 127.0.0.1:12000; listen l; socket c; nonblock c; setsockopt c "
     "SO_ATTACH_FILTER drop; connect c 127.0.0.1:12000; close c; advance 70000"},
    {"Forked",
     "as a; socket l; bind l 127.0.0.1:12000; listen l; fork b; ends; as b; socket n; bind "
     "n 127.0.0.1:12000; ends; as c; socket n; bind n 127.0.0.1:12000"},
    {"FastOpenUntilTheHandshakeIsOver",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; setsockopt c "
     "SO_ATTACH_FILTER drop; connect c 127.0.0.1:12000; send c 7; accept l s; send s 3; "
     "shutdown s write; setsockopt c SO_DETACH_FILTER 0; advance 2000; send c 7; recv c 9; "
     "recv s 9; close c; close s"},
    {"FastOpenIsGivenUp",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; setsockopt c "
     "SO_ATTACH_FILTER drop; connect c 127.0.0.1:12000; send c 7; accept l s; advance 200000; "
     "recv s 9; recv s 9"},
    {"RouterThatIsNotThere",
     "route 192.0.2.1:0; socket s udp; connect s 192.0.2.2:12000; connect s 192.0.2.1:12000; "
     "getsockname s; send s 7; setsockopt s SO_DONTROUTE 1; connect s 192.0.2.1:12000; connect s "
     "127.0.0.1:12000; socket t; nonblock t; connect t 192.0.2.1:12000; loopback down; "
     "loopback up; socket u udp; connect u 192.0.2.1:12000"},
};

}  // namespace

std::span<const TestScript> scripts_for_the_model() { return kForTheModel; }

}  // namespace timewait
