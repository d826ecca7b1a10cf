// The cases that somebody has found worth knowing, by their names: each is in a scenario, and no
// scenario names another one.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

const std::set<std::string> kKnownCases = {
    "auto-after-bound-leaves",
    "bind-wild-specific-reuse",
    "bind0-rp",
    "bind0-tw",
    "bound-client-rst-keeps",
    "bound-uid-reuse",
    "bsd-diff-specific-listen-wild",
    "child-inherits",
    "child-set-0",
    "child-set-1",
    "close-wait-holds",
    "connect-exhausted",
    "connect-tuple-estab",
    "connrefused-keeps-bind-nonblocking",
    "dev-diff",
    "dev-none",
    "disconnect-unspec-auto",
    "eacces",
    "einval-double-bind",
    "einval-listen-connected",
    "established-child-noreuse",
    "established-child-reuse",
    "fin-timeout-61",
    "fin-timeout-not-tw",
    "fork-holds-listener",
    "fw1-orphan",
    "fw2-full-rp-uid",
    "fw2-mini",
    "fw2-mini-data",
    "fw2-mini-rp-uid",
    "fw2-mini-rst",
    "fw2-then-fin",
    "fw2mini-connect-explicit",
    "last-ack-holds",
    "linger0",
    "linger0-child-inherits",
    "linger0-fw2",
    "linger2-inherited",
    "linger2-neg",
    "linger2-pos",
    "listen-blocks-bind",
    "listen-fail-keeps-bind",
    "listener-set-after-listen",
    "loser-can-connect",
    "mapped-tw-v4",
    "mapped-tw-v6only",
    "mapped-tw-v6spec",
    "max-tw-0",
    "max-tw-per-ns",
    "netns-independent",
    "nonlocal",
    "old-rp-toggle-off-otheraddr",
    "old-toggle-on-after-bind",
    "order-eacces-inuse",
    "order-einval-inuse",
    "order-v4",
    "order-v6",
    "passive-close-free",
    "peer-rst-frees",
    "peers-tw-not-mine",
    "rebind-accepted-fd",
    "repair-force-reuse",
    "reuse-only-one-socket",
    "rp-accept-uid",
    "rp-accept-uid-b",
    "rp-accept-uid-c",
    "rp-cb-before-bind",
    "rp-cb-first-alone",
    "rp-listen-otheruid",
    "rp-one-side",
    "rp-orphan-uid",
    "rp-orphan-uid-cold",
    "rp-orphan-uid-root",
    "rp-strict-quirk-direct",
    "rp-strict-quirk-tw",
    "rp-strict-quirk-via",
    "rp-tw-mix1",
    "rp-tw-otheruid",
    "self-connect",
    "set-after-tw",
    "shutdown-listener-reuse",
    "shutdown-listener-still-bound",
    "sigkill-fin",
    "sigkill-linger",
    "sigkill-unread",
    "simultaneous-close",
    "syn-recv-gone-with-listener",
    "tfo-syn-recv",
    "time-wait-tw-count",
    "tw-00",
    "tw-01",
    "tw-10",
    "tw-11",
    "tw-assassination",
    "tw-auto-delay1",
    "tw-auto-reuse0",
    "tw-auto-reuse2-loopback",
    "tw-auto-reuse2-nonloop",
    "tw-client-side",
    "tw-connect-explicit",
    "tw-connect-explicit-noreuse",
    "tw-connect-explicit-nots",
    "tw-dup-fin-assassin",
    "tw-dup-fin-rearms",
    "tw-no-timestamps-server",
    "tw-other-addr",
    "tw-reuse-sysctl-not-bind",
    "tw-syn-old-tuple-refused",
    "tw-uid-reuse",
    "two-bind-listen-after-close",
    "two-bind-two-listen",
    "two-tw-mixed",
    "udp-01",
    "udp-10",
    "udp-11",
    "udp-connected-conflict",
    "udp-dup-newest-wins",
    "udp-no-tw",
    "udp-rp",
    "udp-rp-quirk",
    "udp-rp-quirk0",
    "udp-tcp",
    "unaccepted-child",
    "unread-data",
    "unread-data-after-tw",
    "unread-data-shutdown",
    "v4spec-v6dual",
    "v4spec-v6spec",
    "v4wild-mapped",
    "v4wild-v6dual",
    "v4wild-v6dual-reuse",
    "v4wild-v6only",
    "v6-ephemeral-tw-blocks-v4wild",
    "v6child-v4-127.0.0.6",
    "v6child-v4spec",
    "v6only-after-bind",
    "v6only-mapped",
    "v6spec-child-v4wild",
};

/// True for a system, a claim or our own.
bool is_no_case(const std::string& origin) {
  const bool is_numbered =
      origin.size() > 1 && (origin[0] == 'S' || origin[0] == 'C') &&
      std::all_of(origin.begin() + 1, origin.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_numbered || origin == "ours";
}

std::set<std::string> cases_of(const std::vector<Scenario>& scenarios) {
  std::set<std::string> cases;
  for (const Scenario& scenario : scenarios)
    std::ranges::remove_copy_if(scenario.from, std::inserter(cases, cases.end()), is_no_case);
  return cases;
}

TEST(KnownCases, AreWhatTheScenariosSay) {
  const std::set<std::string> cases =
      cases_of(read_scenario_folder(TIMEWAIT_SOURCE_DIR "/scenarios"));
  for (const std::string& name : kKnownCases)
    EXPECT_TRUE(cases.contains(name)) << "no scenario is from the case " << name;
  for (const std::string& name : cases)
    EXPECT_TRUE(kKnownCases.contains(name)) << "a scenario is from the unknown case " << name;
}

}  // namespace
}  // namespace timewait
