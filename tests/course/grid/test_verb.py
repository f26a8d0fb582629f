"""``cslab demo LESSON --grid``: what it takes, what it says, how it ends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cslab import cli
from cslab.course import demo
from cslab.course.grid import index

Verb = Callable[..., tuple[int, str, str]]
THREE = '[product]\n"source.seed" = [1, 2, 3]'


@pytest.fixture
def verb(grid_file: Callable, ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Verb:
    """Writes a grid, gives the verb as it is typed, and returns exit code, output and complaints."""
    monkeypatch.setattr(index, "_picture", lambda *_: "")
    monkeypatch.setenv("CSLAB_LANG", "en")

    def give(text: str, *arguments: str) -> tuple[int, str, str]:
        grid_file(text)
        monkeypatch.setattr(sys, "argv", ["cslab", "demo", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


def test_each_run_is_a_line_and_the_index_is_named(verb: Verb):
    code, said, complained = verb(THREE, "99", "--grid", "my.toml", "-j", "1")
    assert (code, complained) == (0, "")
    assert said.splitlines() == [
        "[1/3] ✔ seed 1",
        "[2/3] ✔ seed 2",
        "[3/3] ✔ seed 3",
        f"3 of 3 runs went well. Open: {Path('build/grid/99-my-en/index.html')}",
    ]


def test_a_second_time_it_says_what_is_kept_and_what_is_not_part_any_more(verb: Verb, ran: list[str]):
    verb(THREE, "99", "--grid", "my.toml", "-o", "out", "-j", "1", "--lang", "ja")
    ran.clear()
    code, said, _ = verb(THREE.replace("[1", "[4"), "99", "--grid", "my.toml", "-o", "out", "-j", "1", "--lang", "ja")
    assert code == 0 and ran == ["synthetic:tiny?seed=4"]
    assert said.splitlines()[:3] == [
        "完了済みでそのまま使う実行:3件中2件",
        "フォルダーにあって、いまの組み合わせに含まれないもの:seed-1。消さずに残してあります。不要なら手で削除してください。",
        "[1/1] ✔ 乱数シード 4",
    ]


def test_a_failed_run_is_told_and_ends_with_1(verb: Verb):
    code, said, complained = verb('[product]\n"source.seed" = [1, 13]', "99", "--grid", "my.toml", "-j", "1")
    assert code == 1
    assert "[2/2] ✘ seed 13" in said and "1 of 2 runs went well" in said
    assert complained == "seed 13 stopped at cell [5]: ZeroDivisionError: division by zero\n"


def test_ctrl_c_says_how_to_go_on(verb: Verb):
    code, said, complained = verb(
        '[product]\n"source.seed" = [1, 99]', "99", "--grid", "my.toml", "-o", "out", "-j", "1"
    )
    assert code == 130 and said == "[1/2] ✔ seed 1\n"
    assert "kept in out: 1 of 2 runs. The same command goes on" in complained


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--grid", "my.toml"), "--grid needs a lesson: cslab demo 05 --grid my.toml"),
        (("99", "--grid", "my.toml", "--langs", "ja"), "the language with --lang"),
        (("99", "--grid", "my.toml", "--lessons", "99"), "name one LESSON"),
        (("98", "--grid", "my.toml"), "not written yet"),
        (("99", "--grid", "none.toml"), "none.toml: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_runs(verb: Verb, ran: list[str], arguments: tuple, told: str):
    code, said, complained = verb(THREE, *arguments)
    assert (code, said, ran) == (2, "", [])
    assert told in complained and "Traceback" not in complained
    assert not Path("build").exists()


def test_a_lesson_without_a_grid_is_the_demo_of_this_lesson(verb: Verb, monkeypatch: pytest.MonkeyPatch):
    asked: dict[str, object] = {}

    def show(folder: Path, **wishes: object) -> list[object]:
        asked.update(wishes, folder=folder)
        return []

    monkeypatch.setattr(demo, "demo", show)
    verb(THREE, "99")
    assert (asked["folder"], asked["numbers"], asked["langs"]) == (Path("build/demo"), ["99"], ("en", "ja"))
