#include "harness/model/test_corpus.h"

namespace timewait {
namespace {

constexpr TestScript kConnections[] = {
    {"TupleThatIsTaken",
     "bound connection; socket d; set d reuseaddr; bind d 127.0.0.1:13000; connect d "
     "127.0.0.1:12000"},
    {"TakesOwnTimeWaitOver",
     "bound connection; close c; close s; socket d; set d reuseaddr; bind d "
     "127.0.0.1:13000; connect d 127.0.0.1:12000"},
    {"NoTimestampsNoTakeOver",
     "sysctl net.ipv4.tcp_timestamps = 0; bound connection; close c; close s; socket d; "
     "set d reuseaddr; bind d 127.0.0.1:13000; connect d 127.0.0.1:12000"},
    {"ConnectedTwice", "connection; connect c 127.0.0.1:12000"},
    {"Nonblocking",
     "socket l; bind l 127.0.0.1:12000; listen l; socket c; nonblock c; connect c "
     "127.0.0.1:12000; connect c 127.0.0.1:12000; connect c 127.0.0.1:12000; recv c 1; "
     "nonblock l; accept l s; accept l t"},
    {"Refused",
     "socket c; connect c 127.0.0.1:12000; bind c 127.0.0.1:13000; connect c "
     "127.0.0.1:12000; getsockname c"},
    {"RefusedWithoutBlocking",
     "socket c; bind c 0.0.0.0:13000; nonblock c; connect c 127.0.0.1:12000; getsockopt c "
     "SO_ERROR; getsockopt c SO_ERROR; getsockname c; socket d; bind d 127.0.0.2:13000; "
     "socket e; bind e 127.0.0.1:13000"},
    {"ChildHasTheOptions",
     "socket l; setsockopt l SO_KEEPALIVE 1; set l reuseaddr; bind l 127.0.0.1:12000; "
     "listen l; socket c; connect c 127.0.0.1:12000; accept l s; getsockopt s "
     "SO_REUSEADDR; getsockopt s SO_KEEPALIVE; close l; socket n; set n reuseaddr; bind n "
     "127.0.0.1:12000"},
    {"ChildOfAListenerThatWasShut",
     "socket l; bind l 127.0.0.1:12000; shutdown l write; listen l; socket c; connect c "
     "127.0.0.1:12000; recv c 1"},
    {"ChildHoldsThePort",
     "connection; close l; socket n; bind n 127.0.0.1:12000; socket o; bind o "
     "127.0.0.2:12000"},
    {"BoundClientKeepsItsPort",
     "bound connection; linger s 0; close s; recv c 1; socket n; bind n 127.0.0.1:13000; "
     "close c; bind n 127.0.0.1:13000"},
    {"LastDescriptor",
     "socket l; bind l 127.0.0.1:12000; listen l; dup l k; close l; socket n; bind n "
     "127.0.0.1:12000; close k; bind n 127.0.0.1:12000"},
    {"ServerClosesFirst",
     "connection; close l; close s; close c; socket n; set n reuseaddr; bind n "
     "127.0.0.1:12000"},
    {"ClientClosesFirst",
     "connection; close l; close c; recv s 1; close s; socket n; bind n 127.0.0.1:12000"},
    {"HalfClosed",
     "connection; shutdown s write; send c 8; recv s 20; shutdown c write; recv s 1; recv "
     "c 1; send c 1; close s; close c"},
    {"ConnectedToItself", "socket c; bind c 127.0.0.1:12000; connect c 127.0.0.1:12000; close c"},
    {"BothCloseAtOnce", "bound connection; close l; loopback down; close s; close c; loopback up"},
    {"LingerZero", "connection; linger s 0; close s; recv c 1; recv c 1; send c 1"},
    {"UnreadData",
     "connection; close l; send c 4; close s; recv c 1; socket n; bind n 127.0.0.1:12000"},
    {"UnreadDataTooLate",
     "connection; close l; shutdown s write; send c 4; close c; close s; socket n; bind n "
     "127.0.0.1:12000"},
    {"NeverAccepted",
     "socket l; bind l 127.0.0.1:12000; listen l; socket c; connect c 127.0.0.1:12000; "
     "close l; recv c 1; socket n; bind n 127.0.0.1:12000"},
    {"DataForNobody",
     "connection; close l; close s; send c 4; send c 4; socket n; bind n 127.0.0.1:12000"},
    {"DataForADescriptor", "connection; shutdown s both; send c 4; recv s 1; recv s 1"},
    {"NegativeLinger2",
     "connection; close l; setsockopt s TCP_LINGER2 -1; shutdown s write; close s; socket "
     "n; bind n 127.0.0.1:12000"},
    {"LingerZeroWithFinsCrossed",
     "bound connection; close l; shutdown c write; loopback down; shutdown s write; linger "
     "s 0; close s"},
    {"NoRoomForTimeWait",
     "sysctl net.ipv4.tcp_max_tw_buckets = 0; connection; close l; shutdown s write; close "
     "c; close s; socket n; bind n 127.0.0.1:12000"},
    {"ResetOfTimeWait",
     "bound connection; close l; close s; close c; socket d; bind d 127.0.0.1:13000; "
     "setsockopt d SO_SNDTIMEO 0:300000; connect d 127.0.0.1:12000"},
    {"Rfc1337",
     "sysctl net.ipv4.tcp_rfc1337 = 1; bound connection; close l; close s; close c; socket "
     "d; bind d 127.0.0.1:13000; setsockopt d SO_SNDTIMEO 0:100000; connect d "
     "127.0.0.1:12000"},
    {"SynReplacesTimeWait",
     "bound connection; close s; close c; socket d; bind d 127.0.0.1:13000; connect d "
     "127.0.0.1:12000"},
    {"SynReplacesTimeWaitThatIgnoresResets",
     "sysctl net.ipv4.tcp_rfc1337 = 1; bound connection; close s; close c; socket d; bind "
     "d 127.0.0.1:13000; setsockopt d SO_SNDTIMEO 0:100000; connect d 127.0.0.1:12000"},
    {"FinWait2RefusesSyn", "bound connection; close s; disconnect c"},
    {"FullQueue",
     "socket l; bind l 127.0.0.1:12000; listen l 0; socket c; connect c 127.0.0.1:12000; "
     "socket d; nonblock d; connect d 127.0.0.1:12000"},
    {"DeferredAccept",
     "socket l; setsockopt l TCP_DEFER_ACCEPT 5; getsockopt l TCP_DEFER_ACCEPT; bind l "
     "127.0.0.1:12000; listen l; nonblock l; socket c; connect c 127.0.0.1:12000; accept l "
     "s; send c 1; accept l t"},
    {"FilterOfTheListener",
     "socket l; bind l 127.0.0.1:12000; listen l; setsockopt l SO_ATTACH_FILTER drop; "
     "socket c; nonblock c; connect c 127.0.0.1:12000; connect c 127.0.0.1:12000; "
     "setsockopt l SO_DETACH_FILTER 0; setsockopt l SO_DETACH_FILTER 0"},
    {"FilterOfTheClient",
     "socket l; bind l 127.0.0.1:12000; listen l; socket c; nonblock c; setsockopt c "
     "SO_ATTACH_FILTER drop; connect c 127.0.0.1:12000; close l"},
    {"FilterOfAConnection", "connection; setsockopt c SO_ATTACH_FILTER drop; close l; close s"},
    {"SimultaneousCloseByFilters",
     "connection; setsockopt c SO_ATTACH_FILTER drop; send s 4; close c"},
    {"ListenerThatWasShut",
     "socket l; bind l 127.0.0.1:12000; listen l; shutdown l both; socket n; bind n "
     "127.0.0.1:12000; listen l; poll l 0"},
    {"Disconnected",
     "connection; disconnect c; getsockopt c SO_ERROR; getsockname c; recv s 1; connect c "
     "127.0.0.1:12000"},
    {"AcceptedInTimeWait",
     "connection; shutdown s write; close c; bind s 127.0.0.1:14000; listen s"},
    {"LoopbackDown",
     "loopback down; socket a; bind a 127.0.0.1:12000; socket b; nonblock b; connect b "
     "127.0.0.1:12000"},
    {"ReachesListenerWhenUp",
     "socket l; bind l 127.0.0.1:12000; listen l; socket c; nonblock c; connect c "
     "127.0.0.1:12000; connect c 127.0.0.1:12000; loopback down; send c 4; loopback up; "
     "accept l s; recv s 9"},
    {"SynForAnOldConnection",
     "bound connection; loopback down; disconnect c; close c; loopback up; socket d; bind "
     "d 127.0.0.1:13000; connect d 127.0.0.1:12000; recv s 1"},
    {"FastOpen",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; connect c "
     "127.0.0.1:12000; getpeername c; poll c 0 out; send c 7; connect c 127.0.0.1:12000; "
     "accept l s; recv s 9; send s 3; recv c 9; close s; close c; close l"},
    {"FastOpenBeforeTheHandshakeIsOver",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; setsockopt c "
     "SO_ATTACH_FILTER drop; nonblock c; connect c 127.0.0.1:12000; connect c "
     "127.0.0.1:12000; send c 7; send c 7; connect c 127.0.0.1:12000; accept l s; nonblock s; "
     "poll s 0; recv s 9; poll s 0 out; send s 3; getpeername s; shutdown s write; send s 3; "
     "close l; socket n; set n reuseaddr; bind n 127.0.0.1:12000; close s; bind n "
     "127.0.0.1:12000"},
    {"FastOpenWithUnreadData",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; setsockopt c "
     "SO_ATTACH_FILTER drop; nonblock c; connect c 127.0.0.1:12000; send c 7; accept l s; "
     "close l; close s; socket n; bind n 127.0.0.1:12000"},
    {"FastOpenThatNobodyAccepts",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; setsockopt c "
     "SO_ATTACH_FILTER drop; nonblock c; connect c 127.0.0.1:12000; send c 7; close l; socket n; "
     "bind n 127.0.0.1:12000"},
    {"FastOpenWithRoomForOne",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 1; bind l "
     "127.0.0.1:12000; listen l; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; setsockopt c "
     "SO_ATTACH_FILTER drop; nonblock c; connect c 127.0.0.1:12000; send c 7; socket d; "
     "setsockopt d TCP_FASTOPEN_CONNECT 1; setsockopt d SO_ATTACH_FILTER drop; nonblock d; "
     "connect d 127.0.0.1:12000; send d 7; nonblock l; accept l s; accept l t; close s; close l"},
    {"FastOpenOfTheClientOnly",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; bind l 127.0.0.1:12000; listen l; socket c; "
     "setsockopt c TCP_FASTOPEN_CONNECT 1; connect c 127.0.0.1:12000; send c 7; accept l s; "
     "recv s 9; close s; close c"},
    {"FastOpenOfTheServerOnly",
     "sysctl net.ipv4.tcp_fastopen = 519; socket l; setsockopt l TCP_FASTOPEN 5; bind l "
     "127.0.0.1:12000; listen l; socket c; connect c 127.0.0.1:12000; send c 7; accept l s; "
     "recv s 9; close c; close s"},
    {"FastOpenRefused",
     "sysctl net.ipv4.tcp_fastopen = 519; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; nonblock "
     "c; connect c 127.0.0.1:12000; send c 7; send c 7; send c 7; connect c 127.0.0.1:12000"},
    {"FastOpenGivenUp",
     "sysctl net.ipv4.tcp_fastopen = 519; socket c; setsockopt c TCP_FASTOPEN_CONNECT 1; connect c "
     "127.0.0.1:12000; disconnect c; getsockname c; connect c 127.0.0.1:12000; shutdown c both; "
     "connect c 127.0.0.1:12000; sysctl net.ipv4.tcp_fastopen = 518; send c 7; close c"},
};

}  // namespace

std::span<const TestScript> scripts_of_connections() { return kConnections; }

}  // namespace timewait
