"""A lesson small enough to be read at a glance, and a course that holds only this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cslab import words
from cslab.course import cells, exercise, lesson, lessons
from cslab.course.kernels import nbformat
from cslab.course.notebook import fresh
from cslab.course.questions import bank
from cslab.course.sheets import exercises
from cslab.course.sheets.solutions import unsolved
from cslab.course.source import read_exercise, read_source
from tests.course import small_exercise

MINIATURE = """\
# %% [raw]
# number: "99"
# title_en: A miniature
# title_ja: 小さな章
# question_en: Does it run?
# question_ja: 動きますか。
# minutes_core: 5
# minutes_further: 3
# needs: [accounts]
# misconceptions: [M01]
# %% [markdown] lang="en" tags=["core"]
# # A miniature
# ## The first part
# Two words on it.
# %% [markdown] lang="ja" tags=["core"]
# # 小さな章
# ## はじめに
# ひとこと。
# %% tags=["parameters"]
source: str = "synthetic:tiny"  # where the tables come from
as_of: str = ""  # last day that is known
lang: str = "en"  # language
reveal_truth: bool = True  # whether the truth is shown
horizon: int = 12  # months to look at
# %%
from cslab.course.lesson import begin, say, verdict
book = begin("99", source, as_of, lang, reveal_truth)
# %%
say("number_of_accounts", len(book.accounts))
# %%
# %%needs contracts.tenure_months
book.contracts["tenure_months"].sum()
# %%
truth = 0.123456 if book.has("truth") else None
verdict("M01", naive=0.5, better=0.2, truth=truth)
"""


@pytest.fixture(scope="session")
def miniature_text() -> str:
    """The miniature's source."""
    return MINIATURE


@pytest.fixture
def miniature(tmp_path: Path) -> Callable[..., Path]:
    """Writes the miniature, with pieces of it replaced, and returns the folder of its course."""

    def write(*changes: tuple[str, str]) -> Path:
        text = MINIATURE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        folder = tmp_path / "course"
        (folder / "source").mkdir(parents=True, exist_ok=True)
        (folder / "source" / "99_miniature.py").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def course(miniature: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes the miniature the only lesson there is, built but not executed, and works in an empty folder."""

    def set_up(*changes: tuple[str, str]) -> Path:
        folder = miniature(*changes)
        source = read_source(folder / "source" / "99_miniature.py")
        for lang in ("en", "ja"):
            (folder / lang).mkdir(exist_ok=True)
            text = nbformat().writes(fresh(source, lang))
            (folder / lang / "99_miniature.ipynb").write_text(text, encoding="utf-8")
        monkeypatch.setattr(lessons, "library", lambda: folder)
        work = folder.parent / "空の フォルダ"
        work.mkdir()
        monkeypatch.chdir(work)
        return folder

    return set_up


@pytest.fixture
def small_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the questions of the small exercise the only ones there are, with their words."""
    known = words._dictionary() | small_exercise.WORDS
    monkeypatch.setattr(words, "_dictionary", lambda: known)
    monkeypatch.setattr(bank, "questions", lambda: small_exercise.QUESTIONS)


@pytest.fixture
def small(tmp_path: Path, small_bank: None) -> Callable[..., Path]:
    """Writes the small exercise, with pieces of it replaced, and returns its path."""

    def write(*changes: tuple[str, str]) -> Path:
        text = small_exercise.TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "exercises" / "source" / "99_small.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def sheets(small: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes the small exercise the only one there is, built but not tried, and works in an empty folder."""

    def set_up(*changes: tuple[str, str]) -> Path:
        path = small(*changes)
        folder = path.parents[1]
        source = unsolved(read_exercise(path))
        for lang in ("en", "ja"):
            (folder / lang).mkdir(exist_ok=True)
            (folder / lang / "99_small.ipynb").write_text(nbformat().writes(fresh(source, lang)), encoding="utf-8")
        monkeypatch.setattr(exercises, "library", lambda: folder)
        work = folder.parent / "自分の フォルダ"
        work.mkdir()
        monkeypatch.chdir(work)
        return folder

    return set_up


@pytest.fixture(autouse=True)
def no_lesson_begun() -> Iterator[None]:
    """Each test begins and ends without a lesson, and leaves the language as it was."""
    before = dict(os.environ)
    yield
    lesson._readings.clear()
    exercise._materials.clear()
    cells._asked.clear()
    cells._told.clear()
    os.environ.clear()
    os.environ.update(before)
