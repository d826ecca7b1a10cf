#include "harness/scenario/verb_table.h"

#include <algorithm>

namespace timewait {
namespace {

constexpr VerbRow kRows[] = {
    {Verb::runs, "ACTOR runs PROGRAM...", "with OPTIONS",
     "starts the program and waits until it listens, is connected or says that it is ready"},
    {Verb::listens_on, "ACTOR listens on ADDRESS", "",
     "tells where to look in the socket table for a program that is not one of ours"},
    {Verb::connects_to, "ACTOR connects to ADDRESS", "",
     "tells where to look in the socket table for a client that is not one of ours"},
    {Verb::types, "ACTOR types TEXT...", "", "writes a line to its standard input"},
    {Verb::ends_input, "ACTOR ends its input", "", "closes its standard input, as Ctrl+D does"},
    {Verb::calls, "ACTOR calls CALL...", "giving RESULT",
     "has the peer make one socket call, which must succeed or give this"},
    {Verb::learns, "ACTOR calls CALL... as NAME", "",
     "asks getsockname or getpeername; $NAME stands for that address from here on"},
    {Verb::calls_until, "ACTOR calls CALL... until RESULT", "",
     "has the peer make the call again and again until it gives this"},
    {Verb::accepts, "ACTOR accepts", "",
     "waits until every connection has been taken from the accept queue"},
    {Verb::has_unread, "ACTOR has BYTES unread", "",
     "waits until so many bytes lie in the receive queue of one of its connections"},
    {Verb::timer_left, "ACTOR has SECONDS s left", "",
     "waits until the timer of its one mini-socket shows so many seconds, rounded up"},
    {Verb::prints, "ACTOR prints TEXT...", "", "waits until it has printed this"},
    {Verb::gets, "ACTOR gets SIGNAL", "",
     "sends the signal to the process; SIGSTOP and SIGCONT wait until it stopped or went on"},
    {Verb::group_gets, "ACTOR group gets SIGNAL", "",
     "sends the signal to the process and the children it forked"},
    {Verb::exits, "ACTOR exits", "with STATUS",
     "waits until it has ended with status 0, or this one"},
    {Verb::dies_of, "ACTOR dies of SIGNAL", "", "waits until the signal has ended it"},
    {Verb::fails_with, "ACTOR fails with CALL:ERRNO", "",
     "waits until it has ended because this call failed"},
    {Verb::stays, "ACTOR stays", "", "does nothing and keeps what it has open"},
    {Verb::await, "await ACTOR STATES...", "",
     "waits until the socket table holds exactly these states for the actor"},
    {Verb::destroy, "destroy ACTOR STATES...", "",
     "waits for exactly these states, then destroys what is in them, as ss -K does"},
    {Verb::loopback, "loopback goes LINK", "",
     "takes the loopback link up or down; while it is down no segment arrives"},
    {Verb::forge_reset, "forge reset for ACTOR", "",
     "sends its one TIME_WAIT a reset that fits exactly, as if the other end had"},
    {Verb::replay_fin, "replay fin for ACTOR", "",
     "sends its one TIME_WAIT the other end's last FIN once more"},
    {Verb::sysctl, "sysctl NAME = VALUE...", "", "sets a sysctl of the sandbox"},
    {Verb::device, "device NAME has IP", "",
     "adds a network device with this address to the sandbox and takes it up"},
    {Verb::route, "route IP goes through GATEWAY", "",
     "sends what is for this one address to a router, which nobody is"},
    {Verb::counter, "counter NAME is N", "",
     "waits until a counter of the sandbox's network, TcpExt:TCPAbortOnClose, is N"},
    {Verb::unprivileged, "sandbox is unprivileged", "",
     "skips the cell where the sandbox has no user namespace, so that its programs are root"},
    {Verb::precondition, "precondition ACTOR STATES...", "",
     "the socket table must be seen to hold exactly this just before the attempt"},
    {Verb::rebind, "rebind", "with OPTIONS",
     "tries socket, options, bind and listen on the address of the server"},
    {Verb::rebind, "rebind ADDRESS", "with OPTIONS",
     "tries socket, options, bind and listen on this address"},
    {Verb::rebind_until_bound, "rebind until bound after SECONDS s", "with OPTIONS",
     "tries again and again; bound must come when a timer of so many seconds fires"},
    {Verb::rebind_for, "rebind for SECONDS s", "with OPTIONS",
     "tries again and again for so long; the outcome is that of the last attempt"},
    {Verb::restarts, "ACTOR restarts", "with OPTIONS",
     "runs the same program again; what it says is the outcome"},
    {Verb::tries, "ACTOR tries PROGRAM...", "with OPTIONS",
     "runs the program; what it says is the outcome"},
    {Verb::attempts, "ACTOR attempts CALL...", "",
     "has the peer make one socket call; what it returns, or its errno, is the outcome"},
    {Verb::executes_itself, "ACTOR executes itself", "",
     "tells a forked child to run its own program again; what that says is the outcome"},
};

}  // namespace

std::span<const VerbRow> verb_table() { return kRows; }

const VerbRow& row_of(Verb verb) { return *std::ranges::find(kRows, verb, &VerbRow::verb); }

}  // namespace timewait
