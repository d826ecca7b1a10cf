#include "harness/model/test_corpus.h"

namespace timewait {
namespace {

constexpr TestScript kBinding[] = {
    {"ReuseaddrOnBoth",
     "socket a; set a reuseaddr; bind a 127.0.0.1:12000; socket b; set b reuseaddr; bind b "
     "127.0.0.1:12000; listen a; listen b; close a; listen b"},
    {"ReuseportOnBoth",
     "socket a; set a reuseport; bind a 127.0.0.1:12000; listen a; socket b; set b "
     "reuseport; bind b 127.0.0.1:12000; listen b"},
    {"ReuseaddrAgainstAListener",
     "socket a; set a reuseaddr; bind a 127.0.0.1:12000; listen a; socket b; set b "
     "reuseaddr; bind b 127.0.0.1:12000"},
    {"OptionsThatDiffer",
     "socket a; set a reuseaddr; bind a 127.0.0.1:12000; socket b; set b reuseport; bind b "
     "127.0.0.1:12000; socket c; bind c 127.0.0.1:12000; socket d; set d both; bind d "
     "127.0.0.1:12000"},
    {"SelectorBeforeBind",
     "socket a; set a reuseport; bind a 127.0.0.1:12000; socket b; set b reuseport; "
     "setsockopt b SO_ATTACH_REUSEPORT_CBPF first; bind b 127.0.0.1:12000"},
    {"LikeTheLastReuseportBinder",
     "socket a; set a reuseaddr; bind a 127.0.0.1:12000; socket b; set b both; bind b "
     "127.0.0.1:12000; socket c; set c reuseport; bind c 127.0.0.1:12000; listen c"},
    {"UnlikeAnyReuseportBinder",
     "socket a; set a reuseaddr; bind a 127.0.0.1:12000; socket c; set c reuseport; bind c "
     "127.0.0.1:12000"},
    {"Repair",
     "socket a; bind a 127.0.0.1:12000; listen a; socket b; setsockopt b TCP_REPAIR 1; "
     "bind b 127.0.0.1:12000; connect b 127.0.0.1:14000; send b 1; recv b 1; close b"},
    {"UdpAsksTheNewest",
     "socket a udp; set a reuseaddr; bind a 127.0.0.1:12000; socket b udp; set b both; "
     "bind b 127.0.0.1:12000; socket c udp; set c reuseport; bind c 127.0.0.1:12000"},
    {"UdpAlone",
     "socket a udp; set a reuseaddr; bind a 127.0.0.1:12000; socket c udp; set c "
     "reuseport; bind c 127.0.0.1:12000; socket d; bind d 127.0.0.1:12000"},
    {"OtherAddress",
     "socket a; bind a 127.0.0.1:12000; socket b; bind b 127.0.0.2:12000; socket c; bind c "
     "0.0.0.0:12000"},
    {"Ipv4WildcardAndIpv6",
     "socket a; bind a 0.0.0.0:12000; socket b tcp6; bind b [::]:12000; socket c tcp6; "
     "setsockopt c IPV6_V6ONLY 1; bind c [::]:12000; socket d tcp6; bind d "
     "[::ffff:127.0.0.1]:12000"},
    {"V6onlyWildcardAndIpv4",
     "socket c tcp6; setsockopt c IPV6_V6ONLY 1; bind c [::]:12000; socket a; bind a "
     "127.0.0.1:12000; socket b; bind b 0.0.0.0:12001; socket d tcp6; bind d [::1]:12000; "
     "socket e; bind e 0.0.0.0:12000"},
    {"DualWildcardAndIpv4", "socket c tcp6; bind c [::]:12000; socket a; bind a 127.0.0.1:12000"},
    {"Ipv4AndTheWildcards",
     "socket a; bind a 127.0.0.1:12000; socket b tcp6; setsockopt b IPV6_V6ONLY 1; bind b "
     "[::]:12000; close b; socket c tcp6; bind c [::]:12000; socket d; bind d "
     "0.0.0.0:12000"},
    {"Ipv6AddressAndIpv4Wildcard",
     "socket a tcp6; bind a [::1]:12000; getsockopt a IPV6_V6ONLY; socket b; bind b "
     "0.0.0.0:12000; socket c tcp6; bind c [::]:12000"},
    {"Ipv6ConnectionShadowsIpv4Wildcard",
     "socket l tcp6; bind l [::]:12000; listen l; socket c tcp6; connect c [::1]:12000; "
     "accept l s; close l; socket a; bind a 127.0.0.1:12000; close a; socket b; bind b "
     "0.0.0.0:12000"},
    {"FamiliesThatDoNotFit",
     "socket a; bind a [::1]:12000; connect a [::1]:12000; socket b tcp6; bind b "
     "127.0.0.1:12000; connect b 127.0.0.1:12000"},
    {"AddressElsewhere",
     "socket a; bind a 203.0.113.1:12000; connect a 203.0.113.1:12000; setsockopt a "
     "IP_FREEBIND 1; bind a 203.0.113.1:12000"},
    {"BoundTwice", "socket a; bind a 127.0.0.1:12000; bind a 127.0.0.1:12001"},
    {"Ipv6Multicast",
     "socket a tcp6; bind a [ff05::1]:12000; socket b tcp6; bind b [fe80::1]:12000; socket "
     "c tcp6; setsockopt c IPV6_V6ONLY 1; bind c [::ffff:127.0.0.1]:12000; connect c "
     "[::ffff:127.0.0.1]:12000"},
    {"Ipv4Multicast",
     "socket a; bind a 224.0.0.1:12000; connect a 127.0.0.1:12000; socket b udp; set b "
     "reuseaddr; bind b 239.255.0.1:12000; socket c udp; set c reuseaddr; bind c "
     "239.255.0.1:12000"},
    {"MappedOnce",
     "socket l tcp6; bind l [::]:12000; listen l; socket c tcp6; nonblock c; connect c "
     "[::ffff:127.0.0.1]:12001; connect c [::ffff:127.0.0.1]:12001; connect c [::1]:12000"},
    {"PortLeftToConnect",
     "socket l; bind l 127.0.0.1:12000; listen l; sysctl net.ipv4.ip_local_port_range = "
     "13000 13000; socket a; setsockopt a IP_BIND_ADDRESS_NO_PORT 1; bind a 127.0.0.2:0; "
     "getsockname a; connect a 127.0.0.1:12000; getsockname a"},
    {"ListenWhereItCannot",
     "connection; listen s; listen c; socket u udp; listen u; connect l 127.0.0.1:12000"},
    {"ReservedPort",
     "sysctl net.ipv4.ip_local_port_range = 12000 12001; sysctl "
     "net.ipv4.ip_local_reserved_ports = 12000; socket a; bind a 127.0.0.1:0; getsockname "
     "a; socket b; bind b 127.0.0.1:0"},
    {"ChosenPortIsNotShared",
     "sysctl net.ipv4.ip_local_port_range = 12000 12000; socket a; set a reuseaddr; bind a "
     "127.0.0.1:12000; socket b; set b reuseaddr; bind b 127.0.0.1:0; sysctl "
     "net.ipv4.ip_autobind_reuse = 1; bind b 127.0.0.1:0"},
    {"AutobindReuseAndReuseport",
     "sysctl net.ipv4.ip_local_port_range = 12000 12000; sysctl net.ipv4.ip_autobind_reuse "
     "= 1; socket a; set a both; bind a 127.0.0.1:12000; socket b; set b both; bind b "
     "127.0.0.1:0; bind b 127.0.0.1:12000"},
    {"BoundPortIsNotChosen",
     "sysctl net.ipv4.ip_local_port_range = 12000 12000; socket l; bind l 127.0.0.1:13000; "
     "listen l; socket b; bind b 127.0.0.2:12000; socket c; connect c 127.0.0.1:13000; "
     "close b; connect c 127.0.0.1:13000"},
    {"PortForgetsItsBinders",
     "sysctl net.ipv4.ip_local_port_range = 12000 12000; socket l; bind l 127.0.0.1:13000; "
     "listen l; socket m; bind m 127.0.0.1:13001; listen m; socket c; set c reuseaddr; "
     "connect c 127.0.0.1:13000; socket b; set b reuseaddr; bind b 127.0.0.2:12000; socket "
     "d; connect d 127.0.0.1:13001; close b; connect d 127.0.0.1:13001"},
};

}  // namespace

std::span<const TestScript> scripts_of_binding() { return kBinding; }

}  // namespace timewait
