"""What strangers' notebooks do, how each of them ends, and that nobody else's grades suffer from it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from cslab.course.grading import confine, family, whitelist
from cslab.course.grading.limits import Limits
from cslab.course.grading.rerun import Rerun, rerun
from cslab.course.grading.sandbox import Level
from cslab.course.grading.submissions import Submission
from cslab.course.questions.answers import Strange
from tests.course.grading.levels import at_both_levels, at_level_3, cells

pytestmark = [pytest.mark.slow]
Run = Callable[..., Rerun]
PYTHON = sys.executable
SMALL = Limits(seconds=20, memory=300 * 2**20)
INTO_EVERY_CHANNEL = """
import os
for channel in range(3, 20):
    try:
        {often}: os.write(channel, {line})
    except OSError: pass
"""


def running(mark: str) -> list[str]:
    """The processes of this machine in whose command a text stands."""
    found = []
    for name in os.listdir("/proc"):
        try:
            command = Path("/proc", name, "cmdline").read_bytes() if name.isdigit() else b""
        except OSError:
            continue
        if mark.encode() in command:
            found.append(name)
    return found


def wait_until(so: Callable[[], bool]) -> None:
    """Wait until something is so; not for ever."""
    last = time.monotonic() + 20
    while not so():
        assert time.monotonic() < last
        time.sleep(0.05)


def sleeper(mark: str) -> str:
    """Code that starts a process which would outlive everything."""
    start = f"subprocess.Popen(['sh', '-c', 'sleep 600 # {mark}; true'], start_new_session=True)"
    return f"import subprocess\n{start}\n"


@at_both_levels
def test_the_last_value_of_an_answer_is_brought_back(level: Level, beside: Run):
    run = beside(level, "nrr = ...", "nrr = 0.5", "nrr = [1, 0.5, {'a'}]")
    assert (run.ended, run.answers) == ("ok", {"nrr": [1, 0.5, {"a"}]})


@at_both_levels
def test_a_raising_cell_is_named_and_the_rest_goes_on(level: Level, beside: Run):
    run = beside(level, "rate = 1 / 0", "nrr = rate", "nrr = 0.7", "nrr ==")
    assert [(cell.number, cell.error) for cell in run.cells] == [
        (1, "ZeroDivisionError"),
        (2, "NameError"),
        (3, ""),
        (4, "SyntaxError"),
    ]
    assert (run.ended, run.answers) == ("ok", {"nrr": 0.7})


@at_both_levels
def test_a_question_whose_cell_fails_names_that_cell(level: Level, run: Run):
    found = run(level, "nrr = ...\nnrr = book['mrr']")
    failed = found.failed_cell("nrr")
    assert failed is not None and (failed.number, failed.error) == (1, "NameError")
    assert found.answers == {}


@at_both_levels
def test_an_endless_loop_ends_by_time_and_keeps_what_was_answered(level: Level, beside: Run):
    run = beside(level, "nrr = 0.8", "while True: pass", "nrr = 0.1", limits=Limits(seconds=2))
    assert (run.ended, run.answers, run.stopped_at) == ("time", {"nrr": 0.8}, 2)


@at_both_levels
def test_one_who_only_sleeps_ends_by_time_too(level: Level, run: Run):
    assert run(level, "import time\ntime.sleep(600)", limits=Limits(seconds=2)).ended == "time"


@at_both_levels
def test_a_memory_bomb_ends_by_memory(level: Level, beside: Run):
    bomb = "held = []\nwhile True: held.append(b'x' * 10**7)"
    run = beside(level, "nrr = 0.8", bomb, limits=SMALL)
    assert (run.ended, run.answers) == ("memory", {"nrr": 0.8})


@at_both_levels
def test_memory_asked_for_in_one_piece_is_refused_and_the_rest_goes_on(level: Level, run: Run):
    found = run(level, "x = bytearray(10**11)", "nrr = 0.8")
    assert (found.ended, found.answers, found.cells[0].error) == ("memory", {"nrr": 0.8}, "MemoryError")


@at_both_levels
def test_memory_shared_out_among_many_processes_is_counted_together(level: Level, run: Run):
    code = "import os, time\nos.fork(), os.fork()\nheld = b'x' * 120 * 2**20\ntime.sleep(600)"
    assert run(level, code, limits=SMALL).ended == "memory"


@at_both_levels
def test_memory_that_forked_processes_share_is_counted_once(level: Level, run: Run):
    fork = "if os.fork() * os.fork() == 0:\n    time.sleep(600)\ntime.sleep(1)\nnrr = 1"
    found = run(level, f"import os, time\nheld = b'x' * 100 * 2**20\n{fork}", limits=SMALL)
    assert (found.ended, found.answers) == ("ok", {"nrr": 1})


@at_both_levels
def test_memory_in_files_without_a_name_counts(level: Level, run: Run):
    many = "kept = [os.memfd_create('x') for _ in range(40)]\nfor one in kept: os.write(one, b'x' * 9 * 10**6)"
    assert run(level, f"import os, time\n{many}\ntime.sleep(600)", limits=SMALL).ended == "memory"


@at_both_levels
def test_a_fork_bomb_ends_by_processes(level: Level, beside: Run):
    bomb = "import os, time\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        time.sleep(0.1)"
    run = beside(level, "nrr = 0.8", bomb)
    assert (run.ended, run.answers) == ("processes", {"nrr": 0.8})


@at_both_levels
def test_a_flood_of_output_ends_by_output(level: Level, beside: Run):
    run = beside(level, "nrr = 0.8", "while True: print('x' * 10**5)")
    assert (run.ended, run.answers) == ("output", {"nrr": 0.8})


@at_both_levels
def test_a_flood_of_records_ends_by_output(level: Level, beside: Run):
    assert beside(level, INTO_EVERY_CHANNEL.format(line="b'x' * 10**5", often="while True")).ended == "output"


@at_both_levels
def test_a_file_that_grows_without_end_is_refused(level: Level, run: Run):
    grow = "with open(os.environ['HOME'] + '/x', 'wb') as file:\n    while True: file.write(b'x' * 10**6)"
    found = run(level, f"import os\n{grow}")
    assert (found.ended, found.cells[0].error) == ("ok", "OSError")


@at_level_3
def test_many_files_fill_the_scratch_folder_and_nothing_else(level: Level, run: Run):
    code = "for n in range(200):\n    with open(f'{n}', 'wb') as file: file.write(b'x' * 10**6)"
    found = run(level, code)
    assert (found.cells[0].error, "No space" in found.cells[0].message) == ("OSError", True)


@at_both_levels
@pytest.mark.parametrize(
    "way", ["import os\nos._exit(0)", "import os\nos._exit(3)", "import ctypes\nctypes.string_at(0)"]
)
def test_one_who_leaves_in_the_middle_has_died(level: Level, way: str, beside: Run):
    run = beside(level, "nrr = 0.8", way, "nrr = 0.1")
    assert (run.ended, run.answers, run.stopped_at) == ("died", {"nrr": 0.8}, 2)


@at_both_levels
def test_leaving_by_the_polite_ways_only_fails_the_cell(level: Level, run: Run):
    found = run(level, "import sys\nsys.exit(1)", "raise KeyboardInterrupt", "nrr = 0.8")
    assert [cell.error for cell in found.cells] == ["SystemExit", "KeyboardInterrupt", ""]
    assert (found.ended, found.answers) == ("ok", {"nrr": 0.8})


@at_both_levels
def test_closing_every_channel_is_dying(level: Level, beside: Run):
    run = beside(level, "nrr = 0.8", "import os\nos.closerange(0, 256)", "nrr = 0.1")
    assert (run.ended, run.answers) == ("died", {"nrr": 0.8})


@at_level_3
@pytest.mark.parametrize("target", ["1", "os.getppid()", "-1"])
def test_the_warden_cannot_be_killed_from_inside(level: Level, target: str, beside: Run):
    kill = f"    try: os.kill({target}, sign)\n    except PermissionError: pass"
    run = beside(level, f"import os\nfor sign in (9, 15, 2, 19):\n{kill}", "nrr = 0.8")
    assert (run.ended, run.answers) == ("ok", {"nrr": 0.8})


@pytest.mark.skipif(not family.PROC, reason="needs /proc, to see what is left")
def test_one_who_kills_the_warden_has_died_and_leaves_nothing_behind(run: Run):
    mark = uuid.uuid4().hex
    found = run(Level(1), sleeper(mark), "import os\nos.kill(os.getppid(), 9)\nwhile True: pass")
    assert (found.ended, running(mark)) == ("died", [])


@pytest.mark.skipif(not family.PROC, reason="needs /proc, to see what is left")
def test_one_who_stops_the_warden_ends_by_time_and_leaves_nothing_behind(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confine, "GRACE", 0.5)
    mark, stop = uuid.uuid4().hex, "import os\nos.kill(os.getppid(), 19)\nwhile True: pass"
    found = run(Level(1), sleeper(mark), stop, limits=Limits(seconds=2))
    assert (found.ended, running(mark)) == ("time", [])


@at_both_levels
def test_killing_everything_in_sight_hurts_only_oneself(level: Level, beside: Run):
    run = beside(level, "nrr = 0.8", "import os\nos.kill(0, 9)")
    assert (run.ended, run.answers) == ("died", {"nrr": 0.8})


@at_both_levels
@pytest.mark.parametrize(
    "ending", ["nrr = 1", "import os\nos._exit(1)", "while True: pass", "while True: print('x' * 10**5)"]
)
def test_no_process_outlives_its_notebook(level: Level, ending: str, run: Run):
    mark = uuid.uuid4().hex
    run(level, sleeper(mark), ending, limits=Limits(seconds=2))
    assert running(mark) == []


@at_both_levels
def test_no_process_outlives_a_grader_who_gives_up(level: Level, data: Path):
    mark, given_up = uuid.uuid4().hex, threading.Event()
    started = time.monotonic()
    threading.Timer(1.5, given_up.set).start()
    submission = Submission("Sato", "01", "en", "x", cells(sleeper(mark), "while True: pass"))
    found = rerun(submission, data, 1, "en", level, Limits(seconds=60), ["nrr"], given_up)
    assert (found.ended, running(mark)) == ("given_up", [])
    assert time.monotonic() - started < 20


GRADER = """
import os, sys
sys.executable, data, level = sys.argv[1:]
from pathlib import Path
from cslab.course.grading.confine import confined
from cslab.course.grading.limits import Limits
request = {"cells": [{"number": 1, "source": os.environ["CODE"]}], "values": {}, "asked": []}
confined(int(level), request, Path(data), Limits(), "en")
"""


@at_both_levels
def test_no_process_outlives_a_grader_who_is_killed(level: Level, data: Path):
    mark = uuid.uuid4().hex
    with tempfile.TemporaryDirectory() as scratch:  # a killed grader cannot clear up behind itself
        Path(scratch).chmod(0o755)
        paths = os.pathsep.join([str(whitelist.PACKAGE.parent), *whitelist.packages()])
        env = {"CODE": sleeper(mark) + "while True: pass", "PYTHONPATH": paths, "TMPDIR": scratch, "PATH": os.defpath}
        grader = subprocess.Popen([PYTHON, "-c", GRADER, sys.executable, str(data), str(level.number)], env=env)
        wait_until(lambda: running(mark) != [])
        grader.kill()
        grader.wait()
        wait_until(lambda: running(mark) == [])


@at_level_3
def test_the_neighbours_and_the_answers_do_not_exist(level: Level, run: Run, tmp_path: Path):
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    (tmp_path / "neighbour.ipynb").write_text("{}", encoding="utf-8")
    look = f"open({str(tmp_path / 'neighbour.ipynb')!r})"
    found = run(
        level, look, "from cslab.course.questions.bank import lesson_01", "nrr = __import__('os').listdir('/given')"
    )
    assert [cell.error for cell in found.cells[:2]] == ["FileNotFoundError", "ImportError"]
    assert found.answers == {"nrr": ["data"]}


@at_level_3
def test_nothing_outside_the_scratch_folder_can_be_written(level: Level, run: Run, data: Path):
    places = ["/x", "/given/data/accounts.csv", "/usr/x", "/etc/x", rerun.__code__.co_filename, "/dev/x"]
    found = run(level, *(f"open({place!r}, 'a')" for place in places), "open('x', 'w').close()")
    assert [cell.error in ("OSError", "PermissionError") for cell in found.cells] == [True] * len(places) + [False]
    assert (data / "accounts.csv").read_text(encoding="utf-8") == "account_id\nA1\n"


@at_both_levels
def test_data_that_one_notebook_spoils_are_whole_for_the_next(level: Level, run: Run, data: Path):
    run(level, "import os, shutil\nshutil.rmtree(source.removeprefix('folder:'), ignore_errors=True)")
    found = run(level, "nrr = open(source.removeprefix('folder:') + '/accounts.csv').read()")
    assert found.answers == {"nrr": "account_id\nA1\n"}
    assert (data / "accounts.csv").exists()


@at_level_3
def test_the_network_is_not_there(level: Level, run: Run):
    code = "import socket\nsocket.create_connection(('127.0.0.1', {port}), 5)"
    with socket.create_server(("127.0.0.1", 0)) as door:
        found = run(level, code.format(port=door.getsockname()[1]), "socket.getaddrinfo('example.com', 80)")
    assert [cell.failed for cell in found.cells] == [True, True]


@at_both_levels
def test_nothing_of_the_graders_surroundings_is_seen(level: Level, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GRADERS_SECRET", "s3cret")
    found = run(level, "import os\nnrr = [os.environ.get('GRADERS_SECRET'), os.getcwd() == os.environ['HOME']]")
    assert found.answers == {"nrr": [None, True]}


@at_both_levels
def test_replacing_check_changes_nothing(level: Level, beside: Run):
    replace = "from cslab.course import exercise\nexercise.check = lambda *answers: print('correct')"
    run = beside(level, replace, "from cslab.course.exercise import check\nnrr = 0.8\ncheck('nrr', nrr)")
    assert (run.ended, run.answers) == ("ok", {"nrr": 0.8})


@at_both_levels
def test_a_forged_record_is_no_more_than_an_answer(level: Level, beside: Run):
    record = {"cell": 2, "error": "", "message": "", "answers": {"nrr": "7"}}
    line = json.dumps(record).encode() + b'\n{"grade": "A"}\n'
    run = beside(level, INTO_EVERY_CHANNEL.format(line=line, often="if True"), "nrr = 0.8")
    assert (run.ended, run.answers, run.ignored) == ("ok", {"nrr": 0.8}, 1)


@at_both_levels
def test_a_tracing_function_that_disturbs_us_is_dying(level: Level, beside: Run):
    trap = "def trap(frame, *_):\n    if frame.f_code.co_name == 'changed': raise RuntimeError"
    run = beside(level, "nrr = 0.8", f"import sys\n{trap}\nsys.settrace(trap)", "nrr = 0.1")
    assert (run.ended, run.answers) == ("died", {"nrr": 0.8})


@at_both_levels
def test_a_huge_answer_is_called_too_large(level: Level, beside: Run):
    run = beside(level, "nrr = list(range(10**7))")
    assert (run.ended, run.answers) == ("ok", {"nrr": Strange("too_large")})


@at_both_levels
def test_an_answer_that_fights_back_is_not_touched(level: Level, beside: Run):
    hostile = (
        "class Trap(list):\n    def __repr__(self): raise SystemExit\n    def __len__(self): return 10**9\n"
        "    def __iter__(self): raise KeyboardInterrupt\n    __class__ = float\nnrr = Trap()"
    )
    run = beside(level, hostile)
    assert (run.ended, run.answers) == ("ok", {"nrr": Strange("Trap")})


@at_both_levels
def test_an_error_that_fights_back_is_dying_or_late_and_nobody_elses_business(level: Level, beside: Run):
    hostile = "class Trap(Exception):\n    def __str__(self): import os; os._exit(0)\nraise Trap"
    assert beside(level, "nrr = 0.8", hostile).ended == "died"
