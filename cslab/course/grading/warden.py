"""The warden: starts the learner's process under its limits, watches it and all that comes from it, and ends them.

It is a program of its own (``main``), with the standard library only. At level 3 it is the first process of the
namespaces, so when it goes, all go. It gets two lines: what it is to do, and what the notebook's process is to read; it
gives back lines on a channel that the learner does not have. When the grader dies, its own end of the first channel
closes, and the warden ends everything.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import time
from typing import Any

from cslab.course.grading import family, namespaces
from cslab.course.grading.limits import Limits, bind

STEP = 0.02
"""Seconds between two looks."""


def main() -> None:
    """Do one order: read it, start, watch, end, report."""
    order = json.loads(sys.stdin.buffer.readline())
    request = sys.stdin.buffer.readline()
    os.set_inheritable(order["report"], False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the first process of a namespace is deaf to what it does not handle
    try:
        if order["level"] == 3:
            namespaces.enter(order["root"], order["base"], order["limits"]["files"])
        _report(order, _guarded(order, request))
    except (OSError, KeyError) as error:
        _report(order, {"refused": f"{type(error).__name__}: {error}"})
    os._exit(0)  # and with it, at level 3, everything


def _report(order: dict[str, Any], told: dict[str, Any]) -> None:
    """Tell the grader something, as one line."""
    os.write(order["report"], json.dumps(told).encode() + b"\n")


def _guarded(order: dict[str, Any], request: bytes) -> dict[str, Any]:
    """Start the learner's process, watch it, and leave nothing of it behind."""
    child = _started(order, request)
    if sys.platform == "linux":
        namespaces.stay_out_of_reach()
    _report(order, {"child": child})
    try:
        return _watched(child, Limits(**order["limits"]))
    finally:
        family.end(os.getpid(), child)


def _started(order: dict[str, Any], request: bytes) -> int:
    """The learner's process, bound to its limits, with its request to read."""
    with tempfile.TemporaryFile(dir=order["scratch"]) as paper:
        paper.write(request)
        paper.seek(0)
        child = os.fork()
        if child == 0:
            try:
                os.dup2(paper.fileno(), 0)
                _become_the_learner(order)
            except BaseException as error:
                _report(order, {"refused": f"{type(error).__name__}: {error}"})
            os._exit(1)
    if order["level"] == 3:
        namespaces.name_user(child, order["user"] or 0)
    return child


def _become_the_learner(order: dict[str, Any]) -> None:
    """Give up everything, and become the notebook's process."""
    os.setsid()
    if sys.platform == "linux":
        namespaces.die_first()
    user, own = order["user"], order["own"]
    if order["level"] == 3:
        namespaces.leave_user(bool(user))
    elif user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    os.chdir(order["scratch"])
    bind(Limits(**order["limits"]), own)
    if sys.platform == "linux":
        namespaces.gain_nothing()
    os.execve(order["command"][0], order["command"], order["environment"])


def _watched(child: int, limits: Limits) -> dict[str, Any]:
    """Look at the family until the child has ended, or something has to."""
    started, most, crowd, before = time.monotonic(), 0, 0, family.set_aside([])
    while True:
        ended, looked = family.bury(), time.monotonic()
        spent = looked - started
        members = family.descendants(os.getpid(), family.everybody())
        memory = family.memory_of(members, limits.memory) + family.set_aside(members) - before
        threads = sum(member.threads for member in members)
        most, crowd = max(most, memory), max(crowd, threads)
        verdict = _verdict(child, ended, spent > limits.seconds, memory > limits.memory, threads > limits.processes)
        if verdict:
            return {**verdict, "seconds": spent, "memory": most, "processes": crowd}
        _wait(max(STEP, 4 * (time.monotonic() - looked)))


def _verdict(child: int, ended: dict[int, int], late: bool, fat: bool, many: bool) -> dict[str, Any]:
    """What the family has come to; empty while it goes on."""
    if child in ended:
        code = ended[child]
        return {"ended": "time" if code == -signal.SIGXCPU else "died" if code else "ok", "code": code}
    for is_so, name in ((many, "processes"), (fat, "memory"), (late, "time")):
        if is_so:
            return {"ended": name, "code": 0}
    return {}


def _wait(seconds: float) -> None:
    """Wait until the next look; end everything at once when the grader is no longer there."""
    if select.select([0], [], [], seconds)[0] and not os.read(0, 1):
        raise BrokenPipeError("the grader has gone")
