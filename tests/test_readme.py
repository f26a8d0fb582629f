"""What the READMEs show is true: the commands run, the links lead somewhere, both languages say the same."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ja.md")
DATA_PAGES = ("README.md", "MAPPING.md", "MAPPING.ja.md", "GRIDS.md", "GRIDS.ja.md")
TELCO = ROOT.parent / "shared" / "data" / "telco"
TRIED_ELSEWHERE = ("demo", "test")  # the whole course and this whole test run
OPENS_A_WINDOW = ("open", "lab")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(name: str) -> list[str]:
    """The lines of the code blocks that show commands."""
    blocks = re.findall(r"^```(?:bash|bat)\n(.*?)^```", text(name), flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def verbs_to_run() -> list[str]:
    """The `cslab …` commands of the READMEs, each once."""
    return list(dict.fromkeys(line for line in commands("README.md") if line.startswith("cslab ")))


def refresh() -> ModuleType:
    """The script that renews what the READMEs show of the course."""
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_lessons_and_numbers_shown_are_those_of_the_built_notebooks(lang: str):
    shown = text(refresh().READMES[lang].name)
    assert refresh().renewed(shown, lang) == shown, "run: python docs/refresh.py"
    assert shown.count("\n| 05 |") == 1


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_syllabus_beside_the_notebooks_is_that_of_the_built_notebooks(lang: str):
    script = refresh()
    assert text(f"notebooks/{script.FILES[lang]}") == script.syllabus(lang), "run: python docs/refresh.py"


def test_both_languages_show_the_same_commands_in_the_same_order():
    assert commands("README.md") == commands("README.ja.md")
    assert len(commands("README.md")) > 10


def test_the_first_screen_shows_the_two_commands():
    assert commands("README.md")[:2] == ["make demo", "make test"]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", *READMES, *(f"datasets/{name}" for name in DATA_PAGES)])
def test_every_link_and_picture_is_there(name: str):
    places = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text(name))
    missing = [place for place in places if "://" not in place and not (ROOT / name).parent.joinpath(place).exists()]
    assert missing == []


@pytest.mark.parametrize("line", [line for line in commands("README.md") if line.startswith("make ")])
def test_every_make_word_is_in_the_makefile(line: str):
    assert re.search(rf"^\.PHONY:.*\b{line.split()[1]}\b", text("Makefile"), flags=re.MULTILINE)


@pytest.mark.parametrize("name", READMES)
def test_every_verb_of_the_table_exists(name: str):
    from typer.main import get_command

    from cslab.cli import app

    after = text(name).partition("<!-- /worlds -->")[2]
    table = re.findall(r"^\| (`.*?) \|", after, flags=re.MULTILINE)
    verbs = {verb for row in table for verb in re.findall(r"`([a-z][a-z-]*)", row)}
    assert verbs == {*get_command(app).commands} - {"help"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", READMES)
def test_the_packages_of_the_full_tests_are_what_ci_installs(name: str):
    shown = re.search(r"^sudo apt install (.*)$", text(name), flags=re.MULTILINE)
    installed = re.search(r"apt-get install .*--no-install-recommends (.*?) >", text(".ci/run"))
    assert shown and installed and shown.group(1).split() == installed.group(1).split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of somebody who follows the README: the sample company, a submission, the Telco file if here."""
    place = tmp_path_factory.mktemp("読者 folder")
    shutil.copytree(ROOT / "datasets", place / "datasets")
    shutil.copytree(ROOT / "exercises" / "en", place / "submissions" / "Hanako Sato")
    if TELCO.is_dir():
        shutil.copytree(TELCO, place / "path" / "to" / "telco")
    return place


@pytest.mark.slow
@pytest.mark.parametrize("line", verbs_to_run())
def test_a_command_of_the_readme_does_what_it_says(line: str, folder: Path):
    words = shlex.split(line)[1:]
    if words[0] in TRIED_ELSEWHERE or (words[0] in OPENS_A_WINDOW and "--no-browser" not in words):
        pytest.skip(f"{words[0]} is tried elsewhere")
    if "folder:path/to/telco" in words and not TELCO.is_dir():
        pytest.skip("../shared/data/telco is not here")
    done = subprocess.run(
        [cslab_command(), *words],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "HOME": str(folder), "USERPROFILE": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.strip()


def cslab_command() -> Path:
    """The command `cslab` of the environment that runs this test."""
    return Path(sys.executable).with_name("cslab.exe" if os.name == "nt" else "cslab")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_a_readme_shows_in_python_runs_as_it_stands(lang):
    (code,) = re.findall(r"```python\n(.*?)```", text(refresh().READMES[lang].name), flags=re.DOTALL)
    shown: dict[str, object] = {}
    exec(code, shown)
    assert len(shown["book"].accounts) > 300
