"""The whole course at one go: every lesson in both languages, one progress bar, one index page with what came out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from cslab.course import outputs, pages
from cslab.course.folders import disk_faults
from cslab.course.kernels import in_processes
from cslab.course.lessons import Lesson, find, lessons, notebook_data
from cslab.course.run import Outcome, Plan, carry_out, checked
from cslab.course.verdicts import ROLES, Verdict
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language, word

MARK = "demo.json"


@dataclass(frozen=True)
class Shown:
    """A lesson on the index: what became of it in each language.

    Parameters
    ----------
    lesson : Lesson
    outcomes : tuple of Outcome
        In the order of the languages.

    >>> Shown(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), ()).failures
    []
    """

    lesson: Lesson
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> list[Outcome]:
        """The runs that broke off.

        >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
        >>> len(Shown(lesson, (Outcome(lesson, "en", Path("x"), None, None, error="no"),)).failures)
        1
        """
        return [outcome for outcome in self.outcomes if outcome.failed]


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
        (folder / "index.html").write_text(index_page(folder, outcomes), encoding="utf-8", newline="\n")
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


def index_page(folder: Path, outcomes: Iterable[Outcome]) -> str:
    """The index: a card a lesson, with its first picture, what it found, and its pages.

    Parameters
    ----------
    folder : Path
        Where the index will stand; links are relative to it.
    outcomes : iterable of Outcome
        By lesson.

    Returns
    -------
    str
        HTML that needs nothing but the pages beside it.

    >>> index_page(Path("out"), []).count('<div class="lessons">')
    1
    """
    lang = default_language()
    by_lesson = groupby(outcomes, key=lambda outcome: outcome.lesson)
    cards = "".join(_card(folder, Shown(lesson, tuple(found)), lang) for lesson, found in by_lesson)
    head = "".join(f"<h1 lang='{each}'>{escape(word('page.course', each))}</h1>" for each in (lang,))
    about = "".join(f'<p class="question" lang="{each}">{escape(word("page.about", each))}</p>' for each in LANGUAGES)
    html = pages.filled(
        lang=lang,
        title=word("page.course", lang),
        banner="",
        head=head + about,
        contents="",
        body=f'<div class="lessons">{cards}</div>',
    )
    return html.replace('<div class="sheet">', '<div class="sheet index">')


def _prepare(folder: Path) -> None:
    """See that the folder is ours to write into."""
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MARK).is_file():
            raise UsageError(Fault("demo_foreign_folder", {"folder": folder}), ending="nothing_ran")
        (folder / MARK).write_text(json.dumps({"made_by": "cslab demo"}) + "\n", encoding="utf-8")


def _card(folder: Path, shown: Shown, lang: str) -> str:
    """One lesson on the index."""
    lesson, other = shown.lesson, next(each for each in LANGUAGES if each != lang)
    done = [outcome for outcome in shown.outcomes if not outcome.failed]
    done.sort(key=lambda outcome: outcome.lang != lang)
    minutes = word("page.minutes", lang, core=lesson.minutes_core, further=lesson.minutes_further)
    words = (
        f'<h2 lang="{lang}">{lesson.number} {escape(lesson.title(lang))}</h2>'
        f'<p lang="{other}">{escape(lesson.title(other))}</p><p class="minutes">{escape(minutes)}</p>'
    )
    words += _numbers(done[0], lang) if done else ""
    words += "".join(_failure(outcome, lang) for outcome in shown.failures)
    words += f'<p class="links">{"".join(_link(folder, outcome) for outcome in sorted(done, key=_by_language))}</p>'
    return f'<article class="lesson">{_thumbnail(folder, done)}<div class="words">{words}</div></article>'


def _by_language(outcome: Outcome) -> int:
    """English first, as everywhere."""
    return LANGUAGES.index(outcome.lang)


def _thumbnail(folder: Path, done: list[Outcome]) -> str:
    """The lesson's first picture, which opens its page."""
    if not done or not (found := outputs.pictures(notebook_data(_notebook(done[0])))):
        return ""
    picture, text = found[0]
    image = f'<img alt="{escape(text)}" src="data:image/png;base64,{picture}">'
    return f'<a class="thumb" href="{_address(folder, done[0])}">{image}</a>'


def _numbers(outcome: Outcome, lang: str) -> str:
    """What the lesson found: each misconception with the naive number, the lesson's and the truth."""
    verdicts = [Verdict.of_record(record) for record in outcome.record["verdicts"]]
    if not verdicts:
        return ""
    heads = "".join(f'<th scope="col">{escape(word(f"verdict.{role}", lang))}</th>' for role in ROLES)
    rows = ""
    for verdict in verdicts:
        cells = "".join(f"<td>{escape(value)}</td>" for _, value, _ in verdict.lines(lang))
        claim = escape(word(f"verdict.{verdict.misconception}.claim", lang))
        rows += f'<tr><th scope="row">{claim}</th>{cells}</tr>'
    claims = escape(word("page.claims", lang))
    table = f'<table><thead><tr><th scope="col">{claims}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="table">{table}</div>'


def _failure(outcome: Outcome, lang: str) -> str:
    """That a run broke off, where, and what the cell said."""
    where = word("cli.run.failed", lang, **failure(outcome))
    return f'<p class="failed">{escape(where)}</p>'


def failure(outcome: Outcome) -> dict[str, Any]:
    """What fills the message of a failed run.

    Parameters
    ----------
    outcome : Outcome
        A failed one.

    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> failure(Outcome(lesson, "en", Path("x"), None, None, error="no", cell=7))["cell"]
    7
    """
    kept = outcome.notebook or "–"
    return {
        "lesson": outcome.lesson.number,
        "lang": outcome.lang,
        "cell": outcome.cell,
        "error": outcome.error,
        "kept": kept,
    }


def _link(folder: Path, outcome: Outcome) -> str:
    """The link to a page, in its own language."""
    return f'<a lang="{outcome.lang}" href="{_address(folder, outcome)}">{escape(word("page.read", outcome.lang))}</a>'


def _address(folder: Path, outcome: Outcome) -> str:
    """Where a page stands, seen from the index."""
    assert outcome.page is not None
    return escape(outcome.page.relative_to(folder).as_posix())


def _notebook(outcome: Outcome) -> Path:
    """The executed notebook of a run that went well."""
    assert outcome.notebook is not None
    return outcome.notebook
