// How the place of a cell that had no network of its own is kept in its record.

#include <gtest/gtest.h>

#include "harness/run/test_full_record.h"

namespace timewait {
namespace {

using nlohmann::json;

TEST(RecordJson, GivesBackWhereACellWasThatHadNoNetworkOfItsOwn) {
  Record record = full_record();
  EXPECT_FALSE(written(record).contains("relocation"));
  EXPECT_EQ(kept(record).relocation, std::nullopt);
  record.relocation = Relocation{.host = *Endpoint::parse("127.9.8.7:0"),
                                 .ports = {{12000, 20001}, {13000, 20002}},
                                 .wildcards = {12000},
                                 .ephemeral = {.first = 30000, .last = 31000}};
  EXPECT_EQ(written(record)["relocation"],
            json::parse(R"({"address": "127.9.8.7", "ports": {"12000": 20001, "13000": 20002},
                            "wildcards": [12000], "ephemeral": [30000, 31000]})"));
  EXPECT_EQ(kept(record).relocation, record.relocation);
}

}  // namespace
}  // namespace timewait
