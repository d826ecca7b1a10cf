"""A run of timewait that is to be hit, and the folder in which it works."""

import fcntl
import json
import os
import pty
import secrets
import select
import signal
import subprocess
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

import left_behind

SELECTION = ["server-closes-first", "killed-with-linger", "udp-sockets"]
PATIENCE = 120
CTRL_C = b"\x03"

# What happens to the run -> the signal that it gets by that.
WAYS = {
    "SIGKILL": signal.SIGKILL,
    "SIGTERM": signal.SIGTERM,
    "SIGINT": signal.SIGINT,
    "Ctrl+C": signal.SIGINT,
    "terminal closed": signal.SIGHUP,
}


@dataclass
class Folder:
    """Where the runs of one hit work; all that they may write lies in `out`."""

    path: Path
    out: Path = field(init=False)

    def __post_init__(self):
        self.out = self.path / "out"
        for name in ("home", "tmp"):
            (self.path / name).mkdir(parents=True)

    def strangers(self):
        """Files that are not the run's."""
        ours = {"records.jsonl", "plan.json", "run.json", "records.jsonl.sorted", "run.json.new", "plan.json.new"}
        known = {self.path / "home", self.path / "tmp", self.out} | {self.out / name for name in ours}
        return sorted(str(path) for path in self.path.rglob("*") if path not in known)

    def has(self, name):
        return (self.out / name).exists()

    def lines(self):
        """The whole lines of the records, and what is behind them."""
        if not self.has("records.jsonl"):
            return [], b""
        *lines, rest = (self.out / "records.jsonl").read_bytes().split(b"\n")
        return lines, rest

    def cells(self):
        records = [json.loads(line) for line in self.lines()[0]]
        return [(record["scenario"], str(record["cell"]), record["verdict"]) for record in records]


class Run:
    """A run that is to be hit."""

    def __init__(self, command, folder, way):
        self.way = way
        self.mark = secrets.token_hex(8)
        self.terminal, terminal_end = pty.openpty() if way in ("Ctrl+C", "terminal closed") else (None, None)
        stream = subprocess.DEVNULL if terminal_end is None else terminal_end
        self.process = subprocess.Popen(
            [*command, "--out", folder.out],
            stdin=stream, stdout=stream, stderr=stream, cwd=folder.path / "home",
            env=environment(folder) | {left_behind.MARK: self.mark},
            start_new_session=True,
            preexec_fn=terminal_end and (lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)),
        )
        if terminal_end is not None:
            os.close(terminal_end)

    def pass_time(self, seconds):
        """Somebody reads the terminal meanwhile."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self.terminal is None:
                time.sleep(left)
            elif select.select([self.terminal], [], [], left)[0] and not self.read():
                return

    def read(self):
        try:
            return os.read(self.terminal, 65536)
        except OSError:  # nobody writes any more
            return b""

    def hit(self):
        if self.way == "Ctrl+C":
            try:
                os.write(self.terminal, CTRL_C)
            except OSError:
                pass
        elif self.way == "terminal closed":
            os.close(self.terminal)
            self.terminal = None
        else:
            self.process.send_signal(WAYS[self.way])

    def end(self):
        """Its exit status, or the negative number of the signal that ended it."""
        limit = time.monotonic() + PATIENCE
        while self.terminal is not None and self.read() and time.monotonic() < limit:
            pass
        try:
            return self.process.wait(max(0, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            return f"none within {PATIENCE} s"
        finally:
            if self.terminal is not None:
                os.close(self.terminal)


def environment(folder):
    return {"PATH": os.environ["PATH"], "TERM": "xterm", "LC_ALL": "C.UTF-8", "TMPDIR": str(folder.path / "tmp"),
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}
