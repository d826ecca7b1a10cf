#!/usr/bin/python3
"""Hits `timewait run` at random moments and looks at what is left of it.

usage: kill_test.py COUNT TIMEWAIT [RUNG]
"""

import collections
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import left_behind
from hit_run import PATIENCE, SELECTION, WAYS, Folder, Run, environment

CANNOT_RUN_HERE = 77
NOT_ALL_WAS_SEEN = 3
OFTEN = 20  # times; it would be chance that all of so many come too late
PLAIN_RUN_EVERY = 5
REMEMBERED = 7

COLUMNS = ["times", "not begun", "ended", "processes", "namespaces", "mounts", "files", "cut off",
           "resumed", "unexpected"]


class KillTest:
    def __init__(self, timewait, work, selection):
        self.timewait = timewait
        self.selection = selection
        self.work = work
        self.counts = {way: collections.Counter() for way in WAYS}
        self.lengths = collections.deque(maxlen=REMEMBERED)
        self.whole = self.uninterrupted()

    def command(self, folder, *arguments):
        # In a session of its own, as the runs that are hit: the kernel gives each session its share of the processor.
        return subprocess.run([self.timewait, *arguments], cwd=folder.path / "home", env=environment(folder),
                              timeout=PATIENCE, capture_output=True, text=True, start_new_session=True)

    def uninterrupted(self):
        """The cells of the run that is to be hit."""
        folder = Folder(self.work / "whole")
        for _ in range(REMEMBERED // 2):
            result = self.new_run(folder)
        if result.returncode == CANNOT_RUN_HERE:
            print(result.stderr, file=sys.stderr)
            sys.exit(CANNOT_RUN_HERE)
        if result.returncode != 0:
            sys.exit(f"kill-test: the run does not pass even when nobody hits it:\n{result.stdout}{result.stderr}")
        return folder.cells()

    def new_run(self, folder):
        """Nobody hits it, so it tells how long a run takes now."""
        start = time.monotonic()
        result = self.command(folder, "run", *self.selection, "--out", folder.out)
        self.lengths.append(time.monotonic() - start)
        return result

    def seconds(self):
        """How long a run takes, as it was of late: others use the machine, too."""
        return statistics.median(self.lengths)

    def hit(self, number):
        way = random.choice(list(WAYS))
        count = self.counts[way]
        count["times"] += 1
        folder = Folder(self.work / str(number))
        mounts = left_behind.mounts()
        moment = random.uniform(0, self.seconds())
        run = Run([self.timewait, "run", *self.selection], folder, way)
        run.pass_time(moment)
        namespaces = left_behind.namespaces_of(left_behind.descendants(run.process.pid))
        run.hit()
        status = run.end()
        trouble = [*self.what_is_left(run.mark, namespaces, mounts, folder, count),
                   *self.wrong_status(way, status, folder),
                   *self.wrong_records(folder, count),
                   *self.wrong_resumption(folder, count),
                   *self.wrong_new_run(number, folder)]
        if not trouble:
            shutil.rmtree(folder.path)
            return
        count["unexpected"] += 1
        print(f"kill-test: {way} after {moment:.3f} s, exit status {status}, see {folder.path}", file=sys.stderr)
        for line in trouble:
            print(f"  {line}", file=sys.stderr)

    def what_is_left(self, mark, namespaces, mounts, folder, count):
        looks = {
            "processes": lambda: left_behind.marked_processes(mark),
            "namespaces": lambda: left_behind.namespaces_alive(namespaces),
            "mounts": lambda: [line for line in left_behind.mounts() if line not in mounts],
            "files": folder.strangers,
        }
        for kind, look in looks.items():
            if left := left_behind.wait_until_empty(look):
                count[kind] += 1
                yield f"{kind} are left: {left}"

    @staticmethod
    def wrong_status(way, status, folder):
        number = WAYS[way]
        if folder.has("run.json"):
            # Hit after its last cell: while it printed, or not any more. A terminal may be closed before its signal
            # comes; then the results cannot be written.
            allowed = [0, -number] + ([125] if way == "terminal closed" else [])
        elif not folder.has("plan.json"):
            allowed = [-number]
        else:
            allowed = [-number] if number == signal.SIGKILL else [128 + number]
        if status not in allowed:
            yield f"the exit status is {status}, not {' or '.join(map(str, allowed))}"

    @staticmethod
    def wrong_records(folder, count):
        lines, rest = folder.lines()
        count["cut off"] += rest != b""
        for line, text in enumerate(lines, 1):
            try:
                if (verdict := json.loads(text)["verdict"]) != "pass":
                    yield f"line {line} of records.jsonl is {verdict}: {json.loads(text)['reason']}"
            except ValueError:
                yield f"line {line} of records.jsonl is no JSON"

    def wrong_resumption(self, folder, count):
        is_cut_off = folder.lines()[1] != b""
        count["not begun"] += not folder.has("plan.json")
        count["ended"] += folder.has("run.json")
        report = self.command(folder, "report", folder.out)
        resumed = self.command(folder, "run", "--resume", folder.out)
        if not folder.has("plan.json"):
            if "there is no run to go on with" not in resumed.stderr:
                yield f"--resume finds no plan and says: {resumed.stderr}"
            return
        is_part = " of the " in report.stderr
        if report.returncode != (NOT_ALL_WAS_SEEN if is_part else 0):
            yield f"report ends with {report.returncode}: {report.stderr}"
        if is_cut_off != ("its last line was cut off" in report.stderr):
            yield f"the last line is {'' if is_cut_off else 'not '}cut off, but report says: {report.stderr}"
        if resumed.returncode != 0:
            yield f"--resume ends with {resumed.returncode}: {resumed.stdout}{resumed.stderr}"
        elif folder.cells() != self.whole:
            yield "the resumed run does not have all cells once, in their order, and passing"
        elif sorted(os.listdir(folder.out)) != ["plan.json", "records.jsonl", "run.json"]:
            yield f"the folder of the resumed run holds {sorted(os.listdir(folder.out))}"
        else:
            count["resumed"] += 1

    def wrong_new_run(self, number, folder):
        if number % PLAIN_RUN_EVERY != 0 and folder.has("plan.json"):
            return
        plain = self.new_run(folder)
        if plain.returncode != 0 or folder.cells() != self.whole:
            yield f"a new run in the folder ends with {plain.returncode}: {plain.stdout}{plain.stderr}"

    def table(self):
        rows = [["", *COLUMNS]]
        rows += [[way, *(str(count[column]) for column in COLUMNS)] for way, count in self.counts.items()]
        total = sum(self.counts.values(), collections.Counter())
        rows.append(["all", *(str(total[column]) for column in COLUMNS)])
        return "\n".join("".join([f"{row[0]:15}", *(f"{text:>{len(name) + 2}}" for name, text in zip(COLUMNS, row[1:]))])
                         for row in rows)

    def without_effect(self):
        """The ways whose every hit came to nothing, so that they are not tested, though tried often."""
        return [way for way, count in self.counts.items() if count["times"] >= OFTEN and count["ended"] == count["times"]]

    def unexpected(self):
        return sum(count["unexpected"] for count in self.counts.values())


def main(times, timewait, rung=None):
    # Whoever starts this in the background has it ignore Ctrl+C, and what it starts, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    work = Path(tempfile.mkdtemp(prefix="timewait-kill-test-"))
    try:
        selection = SELECTION + ([f"--isolation={rung}"] if rung else [])
        test = KillTest(os.path.abspath(timewait), work, selection)
        start = time.monotonic()
        for number in range(1, times + 1):
            test.hit(number)
            tell(f"{number}/{times}, {test.unexpected()} unexpected")
        tell("")
        print(test.table())
        print(f"{times} times in {time.monotonic() - start:.0f} s; undisturbed the run of {len(test.whole)} cells takes "
              f"{test.seconds():.2f} s")
        for way in test.without_effect():
            print(f"kill-test: {way} never stopped a run", file=sys.stderr)
        return 1 if test.unexpected() or test.without_effect() else 0
    finally:
        shutil.rmtree(work / "whole")
        if not any(work.iterdir()):  # what is left is evidence
            work.rmdir()


def tell(progress):
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
