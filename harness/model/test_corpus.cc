#include "harness/model/test_corpus.h"

namespace timewait {
namespace {

constexpr TestScript kForBoth[] = {
    {"ReuseaddrOnBoth", R"(socket a
set a reuseaddr
bind a 127.0.0.1:12000
socket b
set b reuseaddr
bind b 127.0.0.1:12000
listen a
listen b
close a
listen b
)"},
    {"ReuseportOnBoth", R"(socket a
set a reuseport
bind a 127.0.0.1:12000
listen a
socket b
set b reuseport
bind b 127.0.0.1:12000
listen b
)"},
    {"ReuseaddrAgainstAListener", R"(socket a
set a reuseaddr
bind a 127.0.0.1:12000
listen a
socket b
set b reuseaddr
bind b 127.0.0.1:12000
)"},
    {"OptionsThatDiffer", R"(socket a
set a reuseaddr
bind a 127.0.0.1:12000
socket b
set b reuseport
bind b 127.0.0.1:12000
socket c
bind c 127.0.0.1:12000
socket d
set d both
bind d 127.0.0.1:12000
)"},
    {"SelectorBeforeBind", R"(socket a
set a reuseport
bind a 127.0.0.1:12000
socket b
set b reuseport
setsockopt b SO_ATTACH_REUSEPORT_CBPF first
bind b 127.0.0.1:12000
)"},
    {"SelectorWithoutReuseport", R"(socket a
setsockopt a SO_ATTACH_REUSEPORT_CBPF first
)"},
    {"LikeTheLastReuseportBinder", R"(socket a
set a reuseaddr
bind a 127.0.0.1:12000
socket b
set b both
bind b 127.0.0.1:12000
socket c
set c reuseport
bind c 127.0.0.1:12000
listen c
)"},
    {"UnlikeAnyReuseportBinder", R"(socket a
set a reuseaddr
bind a 127.0.0.1:12000
socket c
set c reuseport
bind c 127.0.0.1:12000
)"},
    {"Repair", R"(socket a
bind a 127.0.0.1:12000
listen a
socket b
setsockopt b TCP_REPAIR 1
bind b 127.0.0.1:12000
connect b 127.0.0.1:14000
send b 1
recv b 1
close b
)"},
    {"UdpAsksTheNewest", R"(socket a udp
set a reuseaddr
bind a 127.0.0.1:12000
socket b udp
set b both
bind b 127.0.0.1:12000
socket c udp
set c reuseport
bind c 127.0.0.1:12000
)"},
    {"UdpAlone", R"(socket a udp
set a reuseaddr
bind a 127.0.0.1:12000
socket c udp
set c reuseport
bind c 127.0.0.1:12000
socket d
bind d 127.0.0.1:12000
)"},
    {"OtherAddress", R"(socket a
bind a 127.0.0.1:12000
socket b
bind b 127.0.0.2:12000
socket c
bind c 0.0.0.0:12000
)"},
    {"Ipv4WildcardAndIpv6", R"(socket a
bind a 0.0.0.0:12000
socket b tcp6
bind b [::]:12000
socket c tcp6
setsockopt c IPV6_V6ONLY 1
bind c [::]:12000
socket d tcp6
bind d [::ffff:127.0.0.1]:12000
)"},
    {"V6onlyWildcardAndIpv4", R"(socket c tcp6
setsockopt c IPV6_V6ONLY 1
bind c [::]:12000
socket a
bind a 127.0.0.1:12000
socket b
bind b 0.0.0.0:12001
socket d tcp6
bind d [::1]:12000
socket e
bind e 0.0.0.0:12000
)"},
    {"DualWildcardAndIpv4", R"(socket c tcp6
bind c [::]:12000
socket a
bind a 127.0.0.1:12000
)"},
    {"Ipv4AndTheWildcards", R"(socket a
bind a 127.0.0.1:12000
socket b tcp6
setsockopt b IPV6_V6ONLY 1
bind b [::]:12000
close b
socket c tcp6
bind c [::]:12000
socket d
bind d 0.0.0.0:12000
)"},
    {"Ipv6AddressAndIpv4Wildcard", R"(socket a tcp6
bind a [::1]:12000
getsockopt a IPV6_V6ONLY
socket b
bind b 0.0.0.0:12000
socket c tcp6
bind c [::]:12000
)"},
    {"Ipv6ConnectionShadowsIpv4Wildcard", R"(socket l tcp6
bind l [::]:12000
listen l
socket c tcp6
connect c [::1]:12000
accept l s
close l
socket a
bind a 127.0.0.1:12000
close a
socket b
bind b 0.0.0.0:12000
)"},
    {"FamiliesThatDoNotFit", R"(socket a
bind a [::1]:12000
connect a [::1]:12000
socket b tcp6
bind b 127.0.0.1:12000
connect b 127.0.0.1:12000
)"},
    {"AddressElsewhere", R"(socket a
bind a 203.0.113.1:12000
connect a 203.0.113.1:12000
setsockopt a IP_FREEBIND 1
bind a 203.0.113.1:12000
)"},
    {"BoundTwice", R"(socket a
bind a 127.0.0.1:12000
bind a 127.0.0.1:12001
)"},
    {"Ipv6Multicast", R"(socket a tcp6
bind a [ff05::1]:12000
socket b tcp6
bind b [fe80::1]:12000
socket c tcp6
setsockopt c IPV6_V6ONLY 1
bind c [::ffff:127.0.0.1]:12000
connect c [::ffff:127.0.0.1]:12000
)"},
    {"Ipv4Multicast", R"(socket a
bind a 224.0.0.1:12000
connect a 127.0.0.1:12000
socket b udp
set b reuseaddr
bind b 239.255.0.1:12000
socket c udp
set c reuseaddr
bind c 239.255.0.1:12000
)"},
    {"MappedOnce", R"(socket l tcp6
bind l [::]:12000
listen l
socket c tcp6
nonblock c
connect c [::ffff:127.0.0.1]:12001
connect c [::ffff:127.0.0.1]:12001
connect c [::1]:12000
)"},
    {"PortLeftToConnect", R"(socket l
bind l 127.0.0.1:12000
listen l
sysctl net.ipv4.ip_local_port_range = 13000 13000
socket a
setsockopt a IP_BIND_ADDRESS_NO_PORT 1
bind a 127.0.0.2:0
getsockname a
connect a 127.0.0.1:12000
getsockname a
)"},
    {"ListenWhereItCannot", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
listen s
listen c
socket u udp
listen u
connect l 127.0.0.1:12000
)"},
    {"ReservedPort", R"(sysctl net.ipv4.ip_local_port_range = 12000 12001
sysctl net.ipv4.ip_local_reserved_ports = 12000
socket a
bind a 127.0.0.1:0
getsockname a
socket b
bind b 127.0.0.1:0
)"},
    {"ChosenPortIsNotShared", R"(sysctl net.ipv4.ip_local_port_range = 12000 12000
socket a
set a reuseaddr
bind a 127.0.0.1:12000
socket b
set b reuseaddr
bind b 127.0.0.1:0
sysctl net.ipv4.ip_autobind_reuse = 1
bind b 127.0.0.1:0
)"},
    {"AutobindReuseAndReuseport", R"(sysctl net.ipv4.ip_local_port_range = 12000 12000
sysctl net.ipv4.ip_autobind_reuse = 1
socket a
set a both
bind a 127.0.0.1:12000
socket b
set b both
bind b 127.0.0.1:0
bind b 127.0.0.1:12000
)"},
    {"BoundPortIsNotChosen", R"(sysctl net.ipv4.ip_local_port_range = 12000 12000
socket l
bind l 127.0.0.1:13000
listen l
socket b
bind b 127.0.0.2:12000
socket c
connect c 127.0.0.1:13000
close b
connect c 127.0.0.1:13000
)"},
    {"PortForgetsItsBinders", R"(sysctl net.ipv4.ip_local_port_range = 12000 12000
socket l
bind l 127.0.0.1:13000
listen l
socket m
bind m 127.0.0.1:13001
listen m
socket c
set c reuseaddr
connect c 127.0.0.1:13000
socket b
set b reuseaddr
bind b 127.0.0.2:12000
socket d
connect d 127.0.0.1:13001
close b
connect d 127.0.0.1:13001
)"},
    {"TupleThatIsTaken", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
socket d
set d reuseaddr
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
)"},
    {"TakesOwnTimeWaitOver", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close c
close s
socket d
set d reuseaddr
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
)"},
    {"NoTimestampsNoTakeOver", R"(sysctl net.ipv4.tcp_timestamps = 0
socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close c
close s
socket d
set d reuseaddr
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
)"},
    {"ConnectedTwice", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
connect c 127.0.0.1:12000
)"},
    {"Nonblocking", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
nonblock c
connect c 127.0.0.1:12000
connect c 127.0.0.1:12000
connect c 127.0.0.1:12000
recv c 1
nonblock l
accept l s
accept l t
)"},
    {"Refused", R"(socket c
connect c 127.0.0.1:12000
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
getsockname c
)"},
    {"RefusedWithoutBlocking", R"(socket c
bind c 0.0.0.0:13000
nonblock c
connect c 127.0.0.1:12000
getsockopt c SO_ERROR
getsockopt c SO_ERROR
getsockname c
socket d
bind d 127.0.0.2:13000
socket e
bind e 127.0.0.1:13000
)"},
    {"ChildHasTheOptions", R"(socket l
setsockopt l SO_KEEPALIVE 1
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
getsockopt s SO_REUSEADDR
getsockopt s SO_KEEPALIVE
close l
socket n
set n reuseaddr
bind n 127.0.0.1:12000
)"},
    {"ChildOfAListenerThatWasShut", R"(socket l
bind l 127.0.0.1:12000
shutdown l write
listen l
socket c
connect c 127.0.0.1:12000
recv c 1
)"},
    {"ChildHoldsThePort", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
socket n
bind n 127.0.0.1:12000
socket o
bind o 127.0.0.2:12000
)"},
    {"BoundClientKeepsItsPort", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
linger s 0
close s
recv c 1
socket n
bind n 127.0.0.1:13000
close c
bind n 127.0.0.1:13000
)"},
    {"LastDescriptor", R"(socket l
bind l 127.0.0.1:12000
listen l
dup l k
close l
socket n
bind n 127.0.0.1:12000
close k
bind n 127.0.0.1:12000
)"},
    {"ServerClosesFirst", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close s
close c
socket n
set n reuseaddr
bind n 127.0.0.1:12000
)"},
    {"ClientClosesFirst", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close c
recv s 1
close s
socket n
bind n 127.0.0.1:12000
)"},
    {"HalfClosed", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
shutdown s write
send c 8
recv s 20
shutdown c write
recv s 1
recv c 1
send c 1
close s
close c
)"},
    {"ConnectedToItself", R"(socket c
bind c 127.0.0.1:12000
connect c 127.0.0.1:12000
close c
)"},
    {"BothCloseAtOnce", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
loopback down
close s
close c
loopback up
)"},
    {"LingerZero", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
linger s 0
close s
recv c 1
recv c 1
send c 1
)"},
    {"UnreadData", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
send c 4
close s
recv c 1
socket n
bind n 127.0.0.1:12000
)"},
    {"UnreadDataTooLate", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
shutdown s write
send c 4
close c
close s
socket n
bind n 127.0.0.1:12000
)"},
    {"NeverAccepted", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
close l
recv c 1
socket n
bind n 127.0.0.1:12000
)"},
    {"DataForNobody", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close s
send c 4
send c 4
socket n
bind n 127.0.0.1:12000
)"},
    {"DataForADescriptor", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
shutdown s both
send c 4
recv s 1
recv s 1
)"},
    {"NegativeLinger2", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
setsockopt s TCP_LINGER2 -1
shutdown s write
close s
socket n
bind n 127.0.0.1:12000
)"},
    {"LingerZeroWithFinsCrossed", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
shutdown c write
loopback down
shutdown s write
linger s 0
close s
)"},
    {"NoRoomForTimeWait", R"(sysctl net.ipv4.tcp_max_tw_buckets = 0
socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
shutdown s write
close c
close s
socket n
bind n 127.0.0.1:12000
)"},
    {"ResetOfTimeWait", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
close s
close c
socket d
bind d 127.0.0.1:13000
setsockopt d SO_SNDTIMEO 0:300000
connect d 127.0.0.1:12000
)"},
    {"Rfc1337", R"(sysctl net.ipv4.tcp_rfc1337 = 1
socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
close s
close c
socket d
bind d 127.0.0.1:13000
setsockopt d SO_SNDTIMEO 0:100000
connect d 127.0.0.1:12000
)"},
    {"SynReplacesTimeWait", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close s
close c
socket d
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
)"},
    {"SynReplacesTimeWaitThatIgnoresResets", R"(sysctl net.ipv4.tcp_rfc1337 = 1
socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close s
close c
socket d
bind d 127.0.0.1:13000
setsockopt d SO_SNDTIMEO 0:100000
connect d 127.0.0.1:12000
)"},
    {"FinWait2RefusesSyn", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close s
disconnect c
)"},
    {"FullQueue", R"(socket l
bind l 127.0.0.1:12000
listen l 0
socket c
connect c 127.0.0.1:12000
socket d
nonblock d
connect d 127.0.0.1:12000
)"},
    {"DeferredAccept", R"(socket l
setsockopt l TCP_DEFER_ACCEPT 5
getsockopt l TCP_DEFER_ACCEPT
bind l 127.0.0.1:12000
listen l
nonblock l
socket c
connect c 127.0.0.1:12000
accept l s
send c 1
accept l t
)"},
    {"FilterOfTheListener", R"(socket l
bind l 127.0.0.1:12000
listen l
setsockopt l SO_ATTACH_FILTER drop
socket c
nonblock c
connect c 127.0.0.1:12000
connect c 127.0.0.1:12000
setsockopt l SO_DETACH_FILTER 0
setsockopt l SO_DETACH_FILTER 0
)"},
    {"FilterOfTheClient", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
nonblock c
setsockopt c SO_ATTACH_FILTER drop
connect c 127.0.0.1:12000
close l
)"},
    {"FilterOfAConnection", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
setsockopt c SO_ATTACH_FILTER drop
close l
close s
)"},
    {"SimultaneousCloseByFilters", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
setsockopt c SO_ATTACH_FILTER drop
send s 4
close c
)"},
    {"UrgentByte", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
send c 4 oob
recv s 40
shutdown c write
recv s 40
)"},
    {"UrgentByteInLine", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
setsockopt s SO_OOBINLINE 1
send c 4 oob
recv s 40
shutdown c write
recv s 40
)"},
    {"Broadcast", R"(socket s udp
connect s 127.255.255.255:12000
setsockopt s SO_BROADCAST 1
connect s 127.255.255.255:12000
)"},
    {"NewestGetsDatagram", R"(socket a udp
set a reuseaddr
bind a 127.0.0.1:12000
socket b udp
set b reuseaddr
bind b 127.0.0.1:12000
socket c udp
connect c 127.0.0.1:12000
send c 5
nonblock a
recv a 9
recv b 9
)"},
    {"NobodyHasTheUdpPort", R"(socket c udp
connect c 127.0.0.1:12000
send c 5
send c 5
send c 5
recv c 5
)"},
    {"EveryOptionOnce", R"(socket s
setsockopt s SO_DEBUG 0
setsockopt s SO_BROADCAST 1
getsockopt s SO_BROADCAST
setsockopt s SO_LINGER 1:5
getsockopt s SO_LINGER
setsockopt s SO_LINGER 0:0
getsockopt s SO_LINGER
setsockopt s SO_SNDBUF 8192
getsockopt s SO_SNDBUF
setsockopt s SO_RCVBUF 8192
getsockopt s SO_RCVBUF
setsockopt s SO_RCVBUF 1
getsockopt s SO_RCVBUF
setsockopt s SO_RCVLOWAT 8
getsockopt s SO_RCVLOWAT
setsockopt s SO_RCVTIMEO 2:500000
getsockopt s SO_RCVTIMEO
setsockopt s SO_SNDLOWAT 8
getsockopt s SO_SNDLOWAT
getsockopt s SO_ACCEPTCONN
setsockopt s TCP_KEEPIDLE 1
getsockopt s TCP_KEEPIDLE
getsockopt s TCP_KEEPINTVL
getsockopt s TCP_KEEPCNT
getsockopt s TCP_SYNCNT
getsockopt s TCP_LINGER2
setsockopt s TCP_LINGER2 5
getsockopt s TCP_LINGER2
setsockopt s TCP_LINGER2 300
getsockopt s TCP_LINGER2
setsockopt s TCP_LINGER2 -5
getsockopt s TCP_LINGER2
getsockopt s TCP_DEFER_ACCEPT
getsockopt s TCP_USER_TIMEOUT
getsockopt s TCP_FASTOPEN
getsockopt s TCP_QUICKACK
)"},
    {"ValuesOutOfRange", R"(socket s
setsockopt s TCP_KEEPIDLE 0
setsockopt s TCP_KEEPIDLE 32768
setsockopt s TCP_KEEPCNT 128
setsockopt s TCP_SYNCNT 0
setsockopt s TCP_USER_TIMEOUT -1
setsockopt s TCP_FASTOPEN -1
setsockopt s TCP_REPAIR 7
)"},
    {"Timeouts", R"(socket s
setsockopt s SO_RCVTIMEO 0:1000000
setsockopt s SO_RCVTIMEO 0:-1
setsockopt s SO_RCVTIMEO 9223372036854775807:0
getsockopt s SO_RCVTIMEO
setsockopt s SO_SNDTIMEO 1:0
getsockopt s SO_SNDTIMEO
)"},
    {"ValuesThatCannotBeRead", R"(socket s
setsockopt s SO_REUSEADDR nowhere
setsockopt s SO_REUSEADDR 1 3
setsockopt s SO_LINGER 1:5 4
setsockopt s SO_RCVTIMEO 1:5 8
setsockopt s 1:9999 nowhere
setsockopt s 0:9999 nowhere
setsockopt s IP_FREEBIND nowhere
setsockopt s TCP_NODELAY nowhere
setsockopt s TCP_NODELAY 1 2
setsockopt s IP_FREEBIND 1 1
getsockopt s IP_FREEBIND
setsockopt s SO_BINDTODEVICE nowhere
)"},
    {"OptionsOfNobody", R"(socket s
socket u udp
setsockopt s 1:9999 1
setsockopt s 6:9999 1
setsockopt s 0:9999 1
setsockopt u TCP_LINGER2 1
setsockopt s 17:1 1
setsockopt s 200:1 1
setsockopt s IPV6_V6ONLY 1
getsockopt s 1:9999
setsockopt s SO_ERROR 1
)"},
    {"V6onlyAfterBind", R"(socket a tcp6
bind a [::]:12000
setsockopt a IPV6_V6ONLY 1
getsockopt a IPV6_V6ONLY
)"},
    {"Devices", R"(socket a
setsockopt a SO_BINDTODEVICE nodev0
setsockopt a SO_BINDTODEVICE lo
getsockopt a SO_BINDTODEVICE
)"},
    {"NoDescriptor", R"(socket s
close s
setsockopt 99 SO_REUSEADDR 1
bind 99 127.0.0.1:12000
close 99
poll 99 0
)"},
    {"ListenerThatWasShut", R"(socket l
bind l 127.0.0.1:12000
listen l
shutdown l both
socket n
bind n 127.0.0.1:12000
listen l
poll l 0
)"},
    {"Disconnected", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
disconnect c
getsockopt c SO_ERROR
getsockname c
recv s 1
connect c 127.0.0.1:12000
)"},
    {"LowWaterMark", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
setsockopt s SO_RCVLOWAT 8
send c 4
poll s 0
send c 4
poll s 0
)"},
    {"TimeoutOfARead", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
setsockopt s SO_RCVTIMEO 0:20000
setsockopt s SO_RCVLOWAT 8
recv s 40
send c 4
recv s 40
)"},
    {"PollSees", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
poll c 0
poll c 0 out
send s 1
poll c 0
close s
poll c 0 hup
socket f
poll f 0 hup
)"},
    {"AcceptedInTimeWait", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
shutdown s write
close c
bind s 127.0.0.1:14000
listen s
)"},
    {"LoopbackDown", R"(loopback down
socket a
bind a 127.0.0.1:12000
socket b
nonblock b
connect b 127.0.0.1:12000
)"},
    {"ReachesListenerWhenUp", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
nonblock c
connect c 127.0.0.1:12000
connect c 127.0.0.1:12000
loopback down
send c 4
loopback up
accept l s
recv s 9
)"},
    {"SynForAnOldConnection", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
loopback down
disconnect c
close c
loopback up
socket d
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
recv s 1
)"},
};

constexpr TestScript kForTheModel[] = {
    {"DifferentDevices", R"(device va 10.9.0.1:0
socket a
setsockopt a SO_BINDTODEVICE va
bind a 127.0.0.1:12000
socket b
setsockopt b SO_BINDTODEVICE lo
bind b 127.0.0.1:12000
socket c
bind c 127.0.0.1:12000
)"},
    {"OtherUsers", R"(as a
socket l
set l reuseport
bind l 127.0.0.1:12000
listen l
as b
seteuid 1000
socket n
set n reuseport
bind n 127.0.0.1:12000
seteuid 2000
socket p
bind p 127.0.0.1:80
setsockopt p IP_TRANSPARENT 1
setsockopt p TCP_REPAIR 1
setsockopt p SO_DEBUG 1
setsockopt p SO_BINDTODEVICE lo
setsockopt p SO_BINDTODEVICE lo
bind p [::1]:80
)"},
    {"OtherUserOverTimeWait", R"(as a
socket l
set l reuseport
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close s
close c
as b
seteuid 1000
socket n
set n reuseport
bind n 127.0.0.1:12000
)"},
    {"WhoAccepts", R"(seteuid 1000
socket l
set l reuseport
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
seteuid 0
accept l s
close l
socket n
set n reuseport
bind n 127.0.0.1:12000
)"},
    {"TimeWaitEnds", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close s
close c
advance 59900
advance 200
)"},
    {"FinWait2IsGivenUp", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close s
advance 59900
advance 200
)"},
    {"Linger2", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
setsockopt s TCP_LINGER2 5
close s
advance 4000
advance 2000
)"},
    {"LongFinTimeout", R"(sysctl net.ipv4.tcp_fin_timeout = 90
socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
close s
advance 29000
advance 2000
advance 30000
)"},
    {"ChosenPortTakesOver", R"(sysctl net.ipv4.ip_local_port_range = 13000 13000
socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close c
close s
socket d
connect d 127.0.0.1:12000
advance 1100
connect d 127.0.0.1:12000
)"},
    {"ChosenPortAndFinWait2", R"(sysctl net.ipv4.ip_local_port_range = 13000 13000
socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close c
advance 1100
socket d
connect d 127.0.0.1:12000
)"},
    {"Keepalive", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
setsockopt c SO_KEEPALIVE 1
setsockopt c TCP_KEEPIDLE 1
setsockopt c TCP_KEEPINTVL 1
setsockopt c TCP_KEEPCNT 1
advance 5000
loopback down
advance 3000
recv c 1
send c 1
)"},
    {"RetransmissionsEnd", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
connect c 127.0.0.1:12000
accept l s
close l
loopback down
send s 4
close s
advance 50000
advance 250000
)"},
    {"LateSegment", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
loopback down
close s
close c
loopback up
advance 5000
)"},
    {"LastAckThatIsLost", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
close s
setsockopt c SO_ATTACH_FILTER drop
close c
advance 30000
)"},
    {"SynRetransmitted", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close l
close s
close c
sysctl net.ipv4.tcp_rfc1337 = 1
advance 1000
socket d
nonblock d
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
advance 5000
)"},
    {"SimultaneousOpen", R"(socket a
nonblock a
bind a 127.0.0.1:12000
socket b
nonblock b
bind b 127.0.0.1:13000
loopback down
connect a 127.0.0.1:13000
connect b 127.0.0.1:12000
loopback up
)"},
    {"FinWait2AndSyn", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
close s
loopback down
linger c 0
close c
loopback up
socket d
bind d 127.0.0.1:13000
connect d 127.0.0.1:12000
)"},
    {"KeepaliveFindsTimeWait", R"(socket l
set l reuseaddr
bind l 127.0.0.1:12000
listen l
socket c
set c reuseaddr
bind c 127.0.0.1:13000
connect c 127.0.0.1:12000
accept l s
setsockopt s SO_KEEPALIVE 1
setsockopt s TCP_KEEPIDLE 10
close c
advance 20000
close s
)"},
    {"ResetOfASynReceived", R"(socket l
bind l 127.0.0.1:12000
listen l
socket c
nonblock c
setsockopt c SO_ATTACH_FILTER drop
connect c 127.0.0.1:12000
close c
advance 70000
)"},
    {"Forked", R"(as a
socket l
bind l 127.0.0.1:12000
listen l
fork b
ends
as b
socket n
bind n 127.0.0.1:12000
ends
as c
socket n
bind n 127.0.0.1:12000
)"},
};

}  // namespace

std::span<const TestScript> scripts_for_both() { return kForBoth; }

std::span<const TestScript> scripts_for_the_model() { return kForTheModel; }

}  // namespace timewait
