"""The page that a trainee gets back: what is missing, what was true of the own company, what the choice gave up."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cslab.course import pages
from cslab.course.questions.boxes import with_code
from cslab.course.reveal.phases import phase_picture, phase_table
from cslab.course.reveal.standing import Standing
from cslab.words import label, money, word

SIGNS = {"complete": "✔", "incomplete": "↻", "unreadable": "!", "absent": "–"}
"""One for each thing that can become of a homework."""
_LOOKS = {"complete": "correct", "incomplete": "not_yet"}


def feedback_page(standing: Standing, hours: float, lang: str) -> str:
    """The page of one trainee.

    Parameters
    ----------
    standing : Standing
    hours : float
        That the team can spend in a year.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself. It says nothing of the company of anybody else.

    >>> from cslab.course.reveal.collect import Handed
    >>> feedback_page(Standing(Handed("<山田>", None)), 500, "ja").count("&lt;山田&gt;")
    2
    """
    title = word("reveal.feedback.title", lang, trainee=standing.handed.trainee)
    about = word("reveal.feedback.about" if standing.truth else "reveal.feedback.absent", lang)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    return pages.filled(
        lang=lang, title=title, banner="", head=head, contents="", body="".join(_parts(standing, hours, lang))
    )


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


def regret_sentence(standing: Standing, lang: str) -> str:
    """What the choice gave up, in a sentence; empty where there is nothing to be held against the truth.

    Parameters
    ----------
    standing : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> regret_sentence(Standing(Handed("Sato", None)), "en")
    ''
    """
    if standing.regret is None or standing.truth is None:
        return ""
    chosen, best = (label(name, lang) for name in (standing.chosen, standing.best))
    if standing.chosen == standing.best:
        return word("reveal.regret.none", lang, chosen=chosen)
    lost = money(standing.regret.amount, standing.truth.currency, lang)
    return word("reveal.regret.some", lang, chosen=chosen, best=best, lost=lost, share=standing.regret.share)


def _parts(standing: Standing, hours: float, lang: str) -> Iterator[str]:
    """What was found in the text, then what was true."""
    said = "".join(f"<li>{with_code(fault.text(lang))}</li>" for fault in standing.faults)
    look = _LOOKS.get(standing.outcome, "unreadable")
    listed = f"<ul>{said}</ul>" if said else ""
    mark = f'<p class="mark">{escape(outcome(standing, lang))}</p>'
    yield f"<h2>{escape(word('reveal.feedback.checked', lang))}</h2>"
    yield f'<article class="graded {look}">{mark}{listed}</article>'
    if standing.truth is None:
        return
    yield f"<h2>{escape(word('reveal.feedback.truth', lang))}</h2>"
    if standing.regret is None:  # whoever has not decided yet must not be told
        yield _paragraph(word("reveal.feedback.undecided", lang))
        return
    yield _paragraph(regret_sentence(standing, lang)) + _paragraph(word("reveal.feedback.reading", lang))
    yield phase_picture(standing.truth, lang) + phase_table(standing, hours, lang)
    yield _paragraph(word("reveal.feedback.why", lang))


def _paragraph(text: str) -> str:
    """A sentence or two."""
    return f'<section class="text"><p>{escape(text)}</p></section>'
