"""What a process that has ended may have left on the machine: processes, namespaces, mounts."""

import os
import time
from pathlib import Path

# The kernel takes a second or two to be rid of sandboxes whose harness was killed.
PATIENCE = 30
PAUSE = 0.02

MARK = "TIMEWAIT_KILL_TEST"
NAMESPACES = ("net", "pid", "pid_for_children", "user")


def numbers_in_proc():
    return [name for name in os.listdir("/proc") if name.isdigit()]


def marked_processes(mark):
    """Those whose environment has the mark, be they orphans or not. Zombies have none."""
    needle = f"{MARK}={mark}\0".encode()
    found = []
    for pid in numbers_in_proc():
        try:
            if needle in Path(f"/proc/{pid}/environ").read_bytes():
                found.append(pid)
        except OSError:
            continue
    return found


def descendants(pid):
    """A process and all below it."""
    found = [str(pid)]
    for parent in found:
        try:
            found += Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        except OSError:
            continue
    return found


def link(path):
    try:
        return os.readlink(path)
    except OSError:
        return None


def namespaces_of(pids):
    """Their namespaces that are not ours: "net:[4026531840]"."""
    found = {link(f"/proc/{pid}/ns/{kind}") for pid in pids for kind in NAMESPACES}
    return found - {link(f"/proc/self/ns/{kind}") for kind in NAMESPACES} - {None}


def descriptors_of(pid):
    try:
        return {link(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}
    except OSError:
        return set()


def namespaces_alive(namespaces):
    """Those that a process is in, or has open, or that are mounted somewhere."""
    alive = set()
    for pid in numbers_in_proc():
        alive |= namespaces & ({link(f"/proc/{pid}/ns/{kind}") for kind in NAMESPACES} | descriptors_of(pid))
    return alive | {namespace for namespace in namespaces if namespace in "".join(mounts())}


def mounts():
    return Path("/proc/self/mountinfo").read_text().splitlines(keepends=True)


def wait_until_empty(look):
    """What there still is when patience is at its end."""
    end = time.monotonic() + PATIENCE
    while (left := look()) and time.monotonic() < end:
        time.sleep(PAUSE)
    return left
