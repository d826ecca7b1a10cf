#include "harness/scenario/document_program.h"

namespace timewait {
namespace {

constexpr std::string_view kBound = "both are bound";

constexpr DocumentProgram kPrograms[] = {
    {"message_server", Role::listens, "0.0.0.0:12000", OptionSet::plain},
    {"message_client", Role::connects, "127.0.0.1:12000", OptionSet::plain},
    {"chat_server", Role::listens, "0.0.0.0:5120", OptionSet::plain},
    {"chat_client", Role::connects, "127.0.0.1:5120", OptionSet::plain},
    {"listing3_server", Role::listens, "0.0.0.0:45000", OptionSet::reuseaddr},
    {"daytime_server", Role::listens, "0.0.0.0:10013", OptionSet::reuseaddr},
    {"daytime_client", Role::connects, "127.0.0.1:10013", OptionSet::plain},
    {"forking_server", Role::listens, "0.0.0.0:12000", OptionSet::plain},
    {"two_addresses", Role::binds, "127.0.0.1:10013", OptionSet::reuseaddr, kBound},
    {"two_listeners", Role::binds, "127.0.0.1:12000", OptionSet::reuseaddr, "both are listening"},
    {"tcp_duplicate", Role::binds, "127.0.0.1:10013", OptionSet::reuseaddr, kBound},
    {"udp_duplicate", Role::binds, "127.0.0.1:10013", OptionSet::reuseaddr, kBound, true},
    {"multicast_duplicate", Role::binds, "239.255.0.1:10013", OptionSet::reuseaddr, kBound, true},
    {"faulty", Role::listens, "0.0.0.0:12000", OptionSet::plain},
    {"hostile", Role::listens, "0.0.0.0:12000", OptionSet::plain},
    {"peer", Role::scripted, "", OptionSet::plain},
};

}  // namespace

DocumentProgram find_document_program(std::string_view name) {
  for (const DocumentProgram& program : kPrograms)
    if (program.name == name) return program;
  return {.name = name};
}

}  // namespace timewait
