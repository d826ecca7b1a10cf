// What a record says of a cell that had no network of its own, and what is refused there.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"
#include "harness/run/record_json.h"

namespace timewait {
namespace {

using nlohmann::json;

/// The record of a cell whose place is written so.
std::string with_place(const json& place) {
  json record = json::parse(to_json_line(Record{.scenario = "name"}));
  record["relocation"] = place;
  return record.dump();
}

json good_place() {
  return json::parse(R"({"address": "127.9.8.7", "ports": {"12000": 20001, "13000": 20002},
                         "wildcards": [12000], "ephemeral": [30000, 31000]})");
}

TEST(RecordRelocation, IsReadWhereItCanBe) {
  const Record record = read_record(with_place(good_place()));
  ASSERT_TRUE(record.relocation);
  EXPECT_EQ(record.relocation->host, Endpoint::parse("127.9.8.7:0"));
}

TEST(RecordRelocation, IsRefusedWhereItCannotBe) {
  struct Row {
    const char* field;
    const char* value;
    const char* refusal;
  };
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
    json place = good_place();
    place[row.field] = json::parse(row.value);
    EXPECT_THAT([&] { read_record(with_place(place)); },
                testing::ThrowsMessage<Error>(testing::HasSubstr(row.refusal)))
        << row.field << " = " << row.value;
  }
}

}  // namespace
}  // namespace timewait
