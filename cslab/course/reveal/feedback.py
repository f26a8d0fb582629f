"""The page that a trainee gets back: what is missing, and what was true of the own company."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cslab.course import pages
from cslab.course.questions.boxes import with_code
from cslab.course.reveal.judge import Judge
from cslab.course.reveal.standing import Standing
from cslab.words import word

SIGNS = {"complete": "✔", "incomplete": "↻", "unreadable": "!", "absent": "–"}
"""One for each thing that can become of a homework."""
_LOOKS = {"complete": "correct", "incomplete": "not_yet"}


def feedback_page(standing: Standing, judge: Judge, lang: str) -> str:
    """The page of one trainee.

    Parameters
    ----------
    standing : Standing
    judge : Judge
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself. It says nothing of the company of anybody else.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.judges import judge_of
    >>> feedback_page(Standing(Handed("<山田>", None)), judge_of("h1_mission"), "ja").count("&lt;山田&gt;")
    2
    """
    homework = word(f"homework.{judge.homework}.title", lang)
    title = word("reveal.feedback.title", lang, homework=homework, trainee=standing.handed.trainee)
    about = word("reveal.feedback.about" if standing.found else f"reveal.{judge.homework}.absent", lang)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    body = "".join(_parts(standing, judge, lang))
    return pages.filled(lang=lang, title=title, banner="", head=head, contents="", body=body)


def outcome(standing: Standing, lang: str) -> str:
    """Sign and word of what became of a homework, as text.

    Parameters
    ----------
    standing : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> outcome(Standing(Handed("Sato", None)), "en")
    '– not handed in'
    """
    said = word(f"reveal.outcome.{standing.outcome}", lang, count=len(standing.faults))
    return f"{SIGNS[standing.outcome]} {said}"


def _parts(standing: Standing, judge: Judge, lang: str) -> Iterator[str]:
    """What was found in the text, then what was true."""
    said = "".join(f"<li>{with_code(fault.text(lang))}</li>" for fault in standing.faults)
    look = _LOOKS.get(standing.outcome, "unreadable")
    listed = f"<ul>{said}</ul>" if said else ""
    mark = f'<p class="mark">{escape(outcome(standing, lang))}</p>'
    yield f"<h2>{escape(word('reveal.feedback.checked', lang))}</h2>"
    yield f'<article class="graded {look}">{mark}{listed}</article>'
    if standing.found is not None:
        yield f"<h2>{escape(word('reveal.feedback.truth', lang))}</h2>"
        yield from judge.told(standing, lang)
