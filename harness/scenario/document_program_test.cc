#include "harness/scenario/document_program.h"

#include <gtest/gtest.h>

#include <string>

#include "harness/net/endpoint.h"

namespace timewait {
namespace {

TEST(DocumentProgram, HasARoleAndAnAddress) {
  const struct {
    const char* name;
    Role role;
    const char* address;
    bool udp;
  } rows[] = {
      {"message_server", Role::listens, "0.0.0.0:12000", false},
      {"message_client", Role::connects, "127.0.0.1:12000", false},
      {"two_listeners", Role::binds, "127.0.0.1:12000", false},
      {"udp_duplicate", Role::binds, "127.0.0.1:10013", true},
      {"peer", Role::scripted, "", false},
  };
  for (const auto& row : rows) {
    const DocumentProgram program = find_document_program(row.name);
    EXPECT_EQ(program.name, row.name);
    EXPECT_EQ(program.role, row.role) << row.name;
    EXPECT_EQ(program.address, row.address) << row.name;
    EXPECT_EQ(program.udp, row.udp) << row.name;
  }
}

TEST(DocumentProgram, OfAnyOtherNameIsForeign) {
  for (const std::string name : {"nc", "", "message_serve", "/usr/bin/message_server"}) {
    const DocumentProgram program = find_document_program(name);
    EXPECT_EQ(program.role, Role::foreign) << name;
    EXPECT_EQ(program.name, name);
  }
}

}  // namespace
}  // namespace timewait
