"""The whole course at one go: every lesson in both languages, one progress bar, one index page with what came out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from cslab.course.folders import disk_faults
from cslab.course.index import file_of, index_page
from cslab.course.kernels import in_processes
from cslab.course.lessons import find, lessons
from cslab.course.run import Outcome, Plan, carry_out, checked
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language

MARK = "demo.json"


def demo(
    folder: Path,
    *,
    numbers: Sequence[str] = (),
    langs: Sequence[str] = LANGUAGES,
    jobs: int = 2,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Run lessons in both languages and write an index page of them.

    Parameters
    ----------
    folder : Path
        Empty, new, or an earlier demo's, which is then brought up to date.
    numbers : sequence of str
        Only these lessons; all when empty.
    langs : sequence of str
        Only these languages.
    jobs : int
        Lessons run at the same time.
    tell : callable
        Called with each outcome as it is there.

    Returns
    -------
    list of Outcome
        By lesson and language; one that failed does not stop the others.

    Raises
    ------
    UsageError
        For an unknown lesson or language, or a folder that holds something else.

    >>> demo(Path("out"), numbers=["no such lesson"])
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    plans = planned(folder, numbers, langs)
    _prepare(folder)
    outcomes = []
    for outcome in in_processes(attempt, [(plan,) for plan in plans], jobs):
        tell(outcome)
        outcomes.append(outcome)
    outcomes.sort(key=lambda outcome: (outcome.lesson.number, outcome.lang))
    with disk_faults(folder):
        write_index(folder, outcomes, langs)
    return outcomes


def planned(folder: Path, numbers: Sequence[str] = (), langs: Sequence[str] = LANGUAGES) -> list[Plan]:
    """The runs of a demo, each with its lesson's own parameters.

    Parameters
    ----------
    folder, numbers, langs
        As for :func:`demo`.

    >>> planned(Path("out"), langs=["fr"])
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if unknown := [lang for lang in langs if lang not in LANGUAGES]:
        raise UsageError(Fault("unknown_language", {"lang": unknown[0], "known": ", ".join(LANGUAGES)}))
    chosen = [*dict.fromkeys(map(find, numbers))] if numbers else lessons()
    if not chosen:
        raise UsageError(Fault("no_lessons_built"))
    return [
        Plan(lesson, lang, checked(lesson, (), {"lang": lang}), folder / f"{lesson.number}-{lang}")
        for lesson in chosen
        for lang in langs
    ]


def attempt(plan: Plan) -> Outcome:
    """Carry out one plan; whatever breaks it is its outcome, so that the others go on.

    Parameters
    ----------
    plan : Plan

    >>> from cslab.course.lessons import Lesson
    >>> lesson = Lesson("99", "99_x", "", "", "", "", 1, 1, (), ())
    >>> attempt(Plan(lesson, "en", {}, Path(__file__) / "below a file")).failed
    True
    """
    try:
        return carry_out(plan)
    except ImportError:  # a package is gone: the others would not fare better
        raise
    except Exception as error:  # one lesson's failure is not the demo's
        return Outcome(plan.lesson, plan.lang, plan.folder, None, None, str(error) or type(error).__name__)


def write_index(folder: Path, outcomes: Sequence[Outcome], langs: Sequence[str]) -> None:
    """Write the index in the reader's language, and beside it in the other one where lessons were run in that too.

    Parameters
    ----------
    folder : Path
    outcomes : sequence of Outcome
        By lesson.
    langs : sequence of str
        The languages that were run.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_index(Path(home), [], ["en", "ja"])
    ...     sorted(path.name for path in Path(home).iterdir())
    ['index.html', 'index.ja.html']
    """
    first = default_language()
    names = {lang: file_of(lang, first) for lang in dict.fromkeys([first, *langs])}
    for lang, name in names.items():
        other = next((names[each] for each in names if each != lang), "")
        (folder / name).write_text(index_page(folder, outcomes, lang, other), encoding="utf-8", newline="\n")


def _prepare(folder: Path) -> None:
    """See that the folder is ours to write into."""
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MARK).is_file():
            raise UsageError(Fault("demo_foreign_folder", {"folder": folder}), ending="nothing_ran")
        (folder / MARK).write_text(json.dumps({"made_by": "cslab demo"}) + "\n", encoding="utf-8")
