"""The wheel carries what the verbs need: installed into an empty environment, it runs a lesson in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import cslab

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that holds the wheel, and the dependencies of this one without its clone."""
    folder = tmp_path_factory.mktemp("環境 of the wheel")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    paths = {"base": str(folder), "platbase": str(folder), "installed_base": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    bin_folder = Path(sysconfig.get_path("scripts", "venv", vars=paths))
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-index", "--no-deps", str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, done.stderr
    return bin_folder


def run(scripts: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Give a command as a person would who has nothing but the installed wheel, in a folder of theirs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "JUPYTER"))}
    home = {"HOME": str(folder / "home"), "CSLAB_LANG": "en", "PYTHONUTF8": "1"}
    command = [str(scripts / "cslab"), *arguments]
    return subprocess.run(command, cwd=folder, env={**kept, **home}, capture_output=True, text=True, encoding="utf-8")


CARRIED = {
    **{"notebooks/en": "", "notebooks/ja": "", "exercises/en": "exercises/", "exercises/ja": "exercises/"},
    **{f"exercises/homework/{lang}": "exercises/homework/" for lang in ("en", "ja")},
}
"""What the wheel holds beside the package, and where it lies among the wheel's notebooks."""


def test_the_wheel_holds_the_package_the_lessons_and_the_exercises_and_nothing_else(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"cslab", f"cslab-{cslab.__version__}.dist-info"}
    data = ("words.csv", "py.typed", "scenarios/default_jp.toml", "mappings/telco.toml")
    assert {f"cslab/{name}" for name in data} <= {*names}
    wanted = {
        f"cslab/course/notebooks/{shelf}{Path(folder).name}/{path.name}"
        for folder, shelf in CARRIED.items()
        for path in (ROOT / folder).glob("*.*")
        if path.suffix in (".ipynb", ".md")
    }
    assert wanted == {name for name in names if name.startswith("cslab/course/notebooks/")}
    chains = {f"cslab/chains/{path.name}" for path in (ROOT / "datasets" / "chains").glob("*.*")}
    assert "cslab/chains/faq.yaml" in chains
    assert chains == {name for name in names if name.startswith("cslab/chains/")}


def test_the_wheel_carries_no_solution_and_no_speaker_note(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        carried = [name for name in archive.namelist() if name.startswith("cslab/course/notebooks/")]
        texts = [archive.read(name).decode("utf-8") for name in carried]
    assert len(texts) > 2
    assert not [text for text in texts if "BEGIN SOLUTION" in text or '"speaker"' in text]


def test_the_wheel_is_small(wheel: Path):
    sizes = {one.filename: one.compress_size for one in zipfile.ZipFile(wheel).infolist()}
    lessons = {name: size for name, size in sizes.items() if name.startswith("cslab/course/notebooks/")}
    count = sum(name.startswith("cslab/course/notebooks/en/") for name in lessons)
    assert sum(lessons.values()) < 0.3e6 * count  # both languages with their exercises
    assert sum(sizes.values()) - sum(lessons.values()) < 3e6


def test_an_installed_wheel_runs_lesson_05_in_an_empty_folder(scripts: Path, tmp_path: Path):
    done = run(scripts, tmp_path, "run", "05", "--source", "synthetic:tiny")
    assert done.returncode == 0, done.stderr + done.stdout
    pages = list((tmp_path / "build" / "runs").rglob("*.html"))
    assert [("Kaplan" in page.read_text(encoding="utf-8")) for page in pages] == [True]


def test_an_installed_wheel_lists_its_lessons(scripts: Path, tmp_path: Path):
    done = run(scripts, tmp_path, "lessons")
    assert "05" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_an_installed_wheel_carries_its_chains(scripts: Path, tmp_path: Path):
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    code = "from cslab.measure.impact import shipped, shipped_names; print(len([shipped(n) for n in shipped_names()]))"
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == str(len(list((ROOT / "datasets" / "chains").glob("*.yaml")))), done.stderr


def test_an_installed_wheel_hands_out_the_exercises_of_a_lesson(scripts: Path, tmp_path: Path):
    done = run(scripts, tmp_path, "open", "05", "--exercise", "--no-browser")
    assert done.returncode == 0, done.stderr
    copies = list((tmp_path / "work" / "en" / "exercises").iterdir())
    assert [copy.name[:2] for copy in copies] == ["05"]
    built = ROOT / "exercises" / "en" / copies[0].name
    assert copies[0].read_bytes() == built.read_bytes()


def test_python_m_cslab_of_an_installed_wheel_sets_nothing_up(scripts: Path, tmp_path: Path):
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    command = [python, "-m", "cslab", "lessons"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, list(tmp_path.iterdir())) == (0, []), done.stderr


def test_an_authors_verb_in_an_installed_wheel_is_refused_in_words(scripts: Path, tmp_path: Path):
    done = run(scripts, tmp_path, "test")
    assert done.returncode == 2
    assert "clone of the project" in done.stderr
    assert "Traceback" not in done.stderr
