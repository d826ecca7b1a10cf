// A record that passes, for tests that spoil it and see what the judge makes of it.
#pragma once

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "harness/run/record.h"

namespace timewait {

inline SocketEntry entry(TcpState state, std::uint32_t inode, std::uint64_t cookie,
                         const char* local = "127.0.0.1:12000") {
  return {.state = state,
          .local = *Endpoint::parse(local),
          .remote = *Endpoint::parse("127.0.0.1:40000"),
          .inode = inode,
          .cookie = cookie};
}

inline const SocketEntry kTimeWait = entry(TcpState::time_wait, 0, 1);
inline const SocketEntry kHeld = entry(TcpState::established, 4711, 2);
inline const SocketEntry kStranger = entry(TcpState::listen, 4713, 4, "[::]:12000");

// Reasons to conclude nothing.
inline constexpr const char* kNothingSeen =
    "before the attempt server had to be ESTABLISHED, TIME_WAIT, but the kernel's table held "
    "nothing";
inline constexpr const char* kTimeWaitGone =
    "tcp TIME_WAIT 127.0.0.1:12000 was gone when the attempt was over";
inline constexpr const char* kHeldGone =
    "tcp ESTABLISHED 127.0.0.1:12000 was gone when the attempt was over";

/// A record of a cell in which all went as expected.
inline Record good_record() {
  constexpr const char* kSeen = "ESTABLISHED, TIME_WAIT";
  const ActorPlace server{.endpoint = *Endpoint::parse("0.0.0.0:12000")};
  return {.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .expected = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .preconditions = {{.actor = "server", .asked = kSeen, .seen = kSeen}},
          .precondition_places = {server},
          .attempt_place = server,
          .table_before = {kTimeWait, kHeld},
          .table_after = {kHeld, kTimeWait}};
}

/// Nothing was there before the attempt.
inline void unsee_precondition(Record& record) {
  record.preconditions[0].seen = "nothing";
  record.table_before.clear();
}

/// `other` was there all the time.
inline void add_to_tables(Record& record, const SocketEntry& other) {
  record.table_before.push_back(other);
  record.table_after.push_back(other);
}

/// Gives the record the call that its outcome speaks of.
inline void add_call(Record& record) {
  if (!record.outcome) return;
  const Outcome& outcome = *record.outcome;
  record.attempt = {{.call = outcome.call,
                     .value = outcome.value.value_or(outcome.has_failed() ? -1 : 0),
                     .error = outcome.error}};
}

inline void expect_verdict(Record record, Verdict verdict, const std::string& reason) {
  add_call(record);
  judge(record);
  EXPECT_EQ(kVerdicts.name(record.verdict), kVerdicts.name(verdict)) << reason;
  EXPECT_EQ(record.reason, reason);
}

inline void expect_pass(const Record& record) { expect_verdict(record, Verdict::pass, ""); }

inline void expect_fail(const Record& record, const std::string& reason) {
  expect_verdict(record, Verdict::fail, reason);
}

inline void expect_inconclusive(const Record& record, const std::string& reason) {
  expect_verdict(record, Verdict::inconclusive, reason);
}

inline void expect_error(const Record& record, const std::string& reason) {
  expect_verdict(record, Verdict::error, reason);
}

}  // namespace timewait
