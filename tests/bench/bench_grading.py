"""Grading: one solved submission by itself, and a class of 30 from the command to the sheet, with all its processes."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from bench_course import measured

from cslab.course.grading.rerun import rerun
from cslab.course.grading.sandbox import best_level
from cslab.course.grading.submissions import collect
from cslab.course.notebook import fresh, text_of
from cslab.course.source import read_exercise

PROJECT = Path(__file__).resolve().parents[2]
LESSON, TRAINEES, QUESTIONS = "01", 30, 10


def hand_in(folder: Path) -> tuple[str, ...]:
    """What a diligent class hands in: the solved exercise in both languages; the questions in it."""
    source = read_exercise(next((PROJECT / "exercises" / "source").glob(f"{LESSON}_*.py")))
    for number in range(TRAINEES):
        home = folder / f"受講者{number:02d}"
        home.mkdir(parents=True)
        text = text_of(fresh(source, ("en", "ja")[number % 2]))
        (home / f"{source.head.name}.ipynb").write_text(text, encoding="utf-8")
    return source.head.questions


def alone(folder: Path, data: Path, questions: tuple[str, ...]) -> float:
    """Seconds of one submission with nothing beside it; the better of two, since the first also reads the disk."""
    submission, level, taken = collect(folder)[0], best_level(), []
    for _ in range(2):
        started = time.perf_counter()
        run = rerun(submission, data, 1, "ja", level, asked=questions)
        taken.append(time.perf_counter() - started)
        if run.ended != "ok" or len(run.answers) < min(QUESTIONS, len(questions)):
            raise SystemExit(f"ended with {run.ended}: {run.said}")
    print(f"one submission of {len(questions)} questions at level {level.number}: {min(taken):.1f} s (bar 5)")
    print(f"  its memory: {run.memory / 1e6:.0f} MB (limit 1,074)")
    return min(taken)


def main() -> None:
    """Print the figures beside their bars."""
    os.environ["PYTHONPATH"] = str(PROJECT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        questions = hand_in(folder / "class")
        company = ("simulate", "default_jp", "--accounts", "2000", "--seed", str(2**48), "--hide-seed", "-o", "unseen")
        measured(*company, folder=folder)
        alone(folder / "class", folder / "unseen", questions)
        seconds, memory = measured("grade", "class", "-o", "grades.csv", "-j", "2", folder=folder)
        print(f"a class of {TRAINEES}: {seconds:.0f} s (bar 150), {memory:.0f} MB (bar 3,000)")


if __name__ == "__main__":
    main()
