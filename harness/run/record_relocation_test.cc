// How the place of a cell that had no network of its own is kept in its record, and what is refused
// there.

#include <gmock/gmock.h>

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

TEST(RecordJson, RefusesAPlaceThatCannotBe) {
  struct Row {
    const char* field;
    const char* value;
    const char* refusal;
  };
  const json good_place =
      json::parse(R"({"address": "127.9.8.7", "ports": {"12000": 20001, "13000": 20002},
                      "wildcards": [12000], "ephemeral": [30000, 31000]})");
  const Row rows[] = {
      {"address", R"("192.0.2.1")", "address of the loopback"},
      {"address", R"("127.0.0.1.1")", "address of the loopback"},
      {"address", R"("::1")", "address of the loopback"},
      {"ports", R"({"0": 20001})", "is of no port"},
      {"ports", R"({"http": 20001})", "is of no port"},
      {"ports", R"({"70000": 20001})", "is of no port"},
      {"ports", R"({"12000": 0})", "12000"},
      {"ports", R"({"12000": 70000})", "12000"},
      {"ports", R"({"12000": 20001, "13000": 20001})", "stands for two ports"},
      {"wildcards", "[0]", "wildcards"},
      {"ephemeral", "[30000]", "ephemeral"},
      {"ephemeral", "[31000, 30000]", "ephemeral"},
  };
  for (const Row& row : rows) {
    json place = good_place;
    place[row.field] = json::parse(row.value);
    json line = written(full_record());
    line["relocation"] = place;
    expect_refused(line.dump(), testing::HasSubstr(row.refusal));
  }
}

}  // namespace
}  // namespace timewait
