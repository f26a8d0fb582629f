"""`python -m cslab VERB` on a fresh machine: makes the environment once, says the cure where it cannot."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cslab import __main__ as door
from cslab import environment, requirements
from cslab.environment import Environment
from cslab.faults import UsageError

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def no_language_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command line may ask for a language; the next test begins without."""
    monkeypatch.setenv("CSLAB_LANG", os.environ.get("CSLAB_LANG", "en"))


class Commands:
    """Stands in for ``subprocess``: notes every command, makes what ``venv`` would make, lets pip say its words."""

    PIPE, STDOUT = subprocess.PIPE, subprocess.STDOUT

    def __init__(self) -> None:
        self.given: list[list[str]] = []
        self.pip_says, self.pip_returns, self.venv_returns = "Collecting pandas\n", 0, 0
        self.stop_in_pip = False

    def run(self, command: list[str], **_: Any) -> SimpleNamespace:
        self.given.append([str(part) for part in command])
        if command[1:3] == ["-m", "venv"] and not self.venv_returns:
            python = Environment(Path(command[-1]).parent).python
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return SimpleNamespace(returncode=self.venv_returns, stdout="no space left")

    def Popen(self, command: list[str], **_: Any) -> Any:
        self.given.append([str(part) for part in command])
        if self.stop_in_pip:
            raise KeyboardInterrupt
        return FakePip(self.pip_says, self.pip_returns)

    def kinds(self) -> list[str]:
        """What was done, without asking pip for its version."""
        return [command[2] for command in self.given if command[-1] != "--version"]


class FakePip:
    def __init__(self, words: str, returncode: int) -> None:
        self.stdout, self.returncode = io.StringIO(words), returncode

    def __enter__(self) -> FakePip:
        return self

    def __exit__(self, *_: object) -> None: ...


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    stand_in = Commands()
    monkeypatch.setattr(environment, "subprocess", stand_in)
    return stand_in


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project with dependency files, in a folder with a space and Japanese in its name."""
    root = tmp_path / "試し の clone"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (root / "constraints.txt").write_text("pandas==2.3.3\n", encoding="utf-8")
    return root


def test_the_first_call_makes_the_environment_and_installs_at_the_tested_versions(clone: Path, commands: Commands):
    Environment(clone).make("author")
    assert commands.kinds() == ["venv", "pip"]
    assert commands.given[-1][-4:] == ["-c", "constraints.txt", "-e", ".[author]"]
    assert Environment(clone).is_complete("author")


def test_what_is_complete_for_the_tests_is_complete_for_the_demo_but_not_the_other_way_round(
    clone: Path, commands: Commands
):
    Environment(clone).make()
    assert Environment(clone).is_complete()
    assert not Environment(clone).is_complete("author")
    Environment(clone).make("author")
    Environment(clone).make()
    assert Environment(clone).is_complete("author")


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_dependency_file_is_installed_into_the_same_environment(clone: Path, commands: Commands, name: str):
    Environment(clone).make()
    with (clone / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not Environment(clone).is_complete()
    Environment(clone).make()
    assert commands.kinds() == ["venv", "pip", "pip"]


def test_an_interrupted_set_up_is_made_anew(clone: Path, commands: Commands):
    commands.stop_in_pip = True
    with pytest.raises(KeyboardInterrupt):
        Environment(clone).make()
    assert not Environment(clone).is_complete()
    commands.stop_in_pip = False
    Environment(clone).make()
    assert commands.kinds() == ["venv", "pip", "venv", "pip"]
    assert "--clear" in commands.given[2]


def test_a_moved_folder_gets_a_new_environment(clone: Path, commands: Commands):
    Environment(clone).make()
    moved = clone.rename(clone.with_name("moved"))
    assert not Environment(moved).is_complete()
    Environment(moved).make()
    assert commands.kinds() == ["venv", "pip", "venv", "pip"]


def test_an_environment_that_is_only_a_link_to_another_clone_s_leaves_that_one_whole(
    clone: Path, commands: Commands, tmp_path: Path
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "cslab.json").write_text('{"state": "complete", "root": "elsewhere"}', encoding="utf-8")
    (clone / ".venv").symlink_to(other, target_is_directory=True)
    Environment(clone).make()
    assert not (clone / ".venv").is_symlink()
    assert [path.name for path in other.iterdir()] == ["cslab.json"]


def test_an_environment_whose_python_is_gone_is_made_anew(clone: Path, commands: Commands):
    Environment(clone).make()
    Environment(clone).python.unlink()
    assert not Environment(clone).is_complete()
    Environment(clone).make()
    assert commands.kinds() == ["venv", "pip", "venv", "pip"]


def test_an_environment_that_somebody_made_by_hand_is_added_to_and_not_thrown_away(clone: Path, commands: Commands):
    commands.run([sys.executable, "-m", "venv", str(clone / ".venv")])
    Environment(clone).make()
    assert commands.kinds() == ["venv", "pip"]


def test_a_spoilt_stamp_counts_as_none(clone: Path, commands: Commands):
    Environment(clone).make()
    (clone / ".venv" / "cslab.json").write_text("{", encoding="utf-8")
    assert not Environment(clone).is_complete()


def test_downloaded_packages_are_installed_without_asking_an_index(clone: Path, commands: Commands, tmp_path: Path):
    Environment(clone).make(wheels=tmp_path)
    assert "--no-index" in commands.given[-1]
    assert commands.given[-1][commands.given[-1].index("--find-links") + 1] == str(tmp_path)


def test_a_folder_of_packages_that_is_not_there_is_refused_before_anything_is_made(clone: Path, commands: Commands):
    with pytest.raises(UsageError, match="no such folder"):
        Environment(clone).make(wheels=clone / "nowhere")
    assert commands.given == []


def test_a_failing_pip_is_quoted_with_what_to_do_and_leaves_the_set_up_unfinished(clone: Path, commands: Commands):
    commands.pip_says, commands.pip_returns = "Collecting pandas\nERROR: no route to host\n", 1
    with pytest.raises(UsageError, match=r"(?s)no route to host.*HTTPS_PROXY.*--wheels"):
        Environment(clone).make()
    assert not Environment(clone).is_complete()


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_the_cure(
    clone: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch, missing: str
):
    there = environment.importlib.util.find_spec
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == missing else there(name))
    with pytest.raises(UsageError, match="sudo apt install python3"):
        Environment(clone).make()
    assert not (clone / ".venv").exists()


def test_a_full_disk_is_told_as_it_is(clone: Path, commands: Commands):
    commands.venv_returns = 1
    with pytest.raises(UsageError, match="no space left"):
        Environment(clone).make()


def test_on_windows_the_python_stands_in_scripts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(environment, "os", SimpleNamespace(name="nt"))
    assert Environment(Path("clone")).python.as_posix() == "clone/.venv/Scripts/python.exe"


def test_on_windows_the_command_is_waited_for(clone: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch):
    Environment(clone).make()
    windows = Environment(clone)
    monkeypatch.setattr(environment, "os", SimpleNamespace(name="nt", path=os.path))
    windows.python.parent.mkdir()
    windows.python.touch()
    monkeypatch.setattr(commands, "call", lambda command: 7, raising=False)
    with pytest.raises(SystemExit) as end:
        windows.restart(["demo"])
    assert end.value.code == 7


# ── the door ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Steps:
    """What the door did: set-ups, restarts, and the verb it handed over to."""

    def __init__(self) -> None:
        self.done: list[Any] = []


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """The door on a machine where nothing is installed; whatever it starts is only noted."""
    noted = Steps()

    def restart(_: Environment, arguments: list[str]) -> None:
        noted.done.append(("restart", *arguments))
        raise SystemExit

    monkeypatch.setattr(environment, "is_satisfied", lambda *extras: False)
    monkeypatch.setattr(Environment, "is_running", lambda self: False)
    monkeypatch.setattr(Environment, "is_complete", lambda self, *extras: False)
    monkeypatch.setattr(Environment, "make", lambda self, *extras, wheels: noted.done.append(("make", extras, wheels)))
    monkeypatch.setattr(Environment, "restart", restart)
    monkeypatch.setitem(sys.modules, "cslab.cli", SimpleNamespace(main=lambda: noted.done.append(sys.argv[1:])))
    monkeypatch.setattr(sys, "argv", ["cslab"])
    return noted


def test_a_demo_on_a_fresh_machine_sets_up_without_the_tools_of_authors(steps: Steps):
    with pytest.raises(SystemExit):
        door.main(["demo"])
    assert steps.done == [("make", (), None), ("restart", "demo")]


@pytest.mark.parametrize("verb", ["test", "check", "bench", "build"])
def test_what_authors_do_gets_the_tools_of_authors_and_what_reads_logs(steps: Steps, verb: str):
    with pytest.raises(SystemExit):
        door.main([verb])
    assert steps.done[0] == ("make", ("author", "events", "postgres", "spark"), None)


def test_a_folder_of_packages_goes_to_set_up_and_not_to_the_verb(steps: Steps):
    with pytest.raises(SystemExit):
        door.main(["demo", "--wheels", "my wheels", "--lang", "ja"])
    assert steps.done == [("make", (), Path("my wheels")), ("restart", "demo", "--lang", "ja")]


def test_a_complete_environment_is_entered_without_set_up(steps: Steps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Environment, "is_complete", lambda self, *extras: True)
    with pytest.raises(SystemExit):
        door.main(["demo"])
    assert steps.done == [("restart", "demo")]


def test_a_python_that_has_everything_goes_straight_to_the_verb(steps: Steps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(environment, "is_satisfied", lambda *extras: True)
    door.main(["demo"])
    assert steps.done == [["demo"]]


def test_an_installed_wheel_hands_over_and_sets_nothing_up(steps: Steps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(requirements, "clone", lambda: None)
    door.main(["run", "05"])
    assert steps.done == [["run", "05"]]


@pytest.mark.parametrize("arguments", [[], ["help"]])
def test_help_needs_no_set_up(steps: Steps, arguments: list[str], capsys: pytest.CaptureFixture[str]):
    door.main(arguments)
    assert steps.done == []
    assert "make demo" in capsys.readouterr().out


def test_an_old_python_is_told_the_cure_in_both_languages(monkeypatch: pytest.MonkeyPatch, steps: Steps):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"(?s)needs Python 3\.11.*PYTHON=python3\.11.*3\.11 以降が必要") as end:
        door.main(["demo"])
    assert steps.done == []
    assert end.value.code != 0


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_old_python_can_read_what_it_must_to_say_so(name: str):
    ast.parse((ROOT / "cslab" / name).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_before_set_up_only_the_standard_library_is_imported():
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import cslab.__main__, cslab.environment, cslab.requirements, cslab.faults, cslab.words
print(sorted({{name.split(".")[0] for name in sys.modules}} - {{*sys.stdlib_module_names, "__main__"}}))
"""
    without_packages = [sys.executable, "-I", "-S", "-c", code]
    said = subprocess.run(without_packages, capture_output=True, text=True, encoding="utf-8")
    assert ast.literal_eval(said.stdout) == ["cslab"], said.stderr


# ── what is declared ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_installed_wheel_knows_its_needs_from_its_own_record(monkeypatch: pytest.MonkeyPatch):
    lines = ["pandas<3,>=2.3.3", 'build>=1.2; extra == "author"', "pyarrow>=16; extra == 'events'"]
    monkeypatch.setattr(requirements, "clone", lambda: None)
    monkeypatch.setattr(requirements.importlib.metadata, "requires", lambda name: lines)
    assert [need.name for need in requirements.declared()] == ["pandas"]
    assert [need.name for need in requirements.declared("author")] == ["build", "pandas"]


@pytest.mark.parametrize(
    ("version", "bounds", "allowed"),
    [
        ("2.3.3", ">=2.3.3,<3", True),
        ("2.3", ">=2.3.0", True),
        ("3.0.0rc1", "<3", False),
        ("10.0", ">=9.5", True),
        ("1.0", "!=1.0", False),
        ("1.0", "==1.0.0", True),
        ("1.0", ">1.0", False),
        ("1.0", "<=0.9", False),
        ("5", "", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, bounds: str, allowed: bool):
    assert requirements.Requirement("x", bounds).allows(version) is allowed


# ── for real ─────────────────────────────────────────────────────────────────────────────────────────────────────────

BACKEND = """
import zipfile
from pathlib import Path
def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        wheel.writestr("tiny.py", "word = '真'")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    return name
def build_wheel(*_, **__): raise NotImplementedError
"""


@pytest.mark.slow
def test_a_real_environment_is_made_in_a_japanese_folder_and_used(clone: Path):
    (clone / "backend.py").write_text(BACKEND, encoding="utf-8")
    (clone / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "tiny"\nversion = "1.0"\n',
        encoding="utf-8",
    )
    Environment(clone).make(wheels=clone)
    asked = [str(Environment(clone).python), "-c", "import tiny; print(ascii(tiny.word))"]
    assert subprocess.run(asked, capture_output=True, text=True).stdout.strip() == ascii("真")
    stamp = json.loads((clone / ".venv" / "cslab.json").read_text(encoding="utf-8"))
    assert (stamp["state"], stamp["root"]) == ("complete", str(clone))
