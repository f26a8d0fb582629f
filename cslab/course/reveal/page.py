"""The page to project: what the class decided and what was true; names and companies behind folds."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cslab.course import pages
from cslab.course.assign.key import Key
from cslab.course.reveal.feedback import outcome
from cslab.course.reveal.judge import Judge
from cslab.course.reveal.judges import judge_of
from cslab.course.reveal.markup import fold, table
from cslab.course.reveal.standing import Standing
from cslab.words import word


def reveal_page(standings: Sequence[Standing], key: Key, lang: str) -> str:
    """The page of a class.

    Parameters
    ----------
    standings : sequence of Standing
    key : Key
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself. No name stands outside a fold.

    >>> reveal_page([], Key("h1_mission", ()), "ja").count("<h1>")
    1
    """
    judge, known = judge_of(key.homework), [one for one in standings if one.found is not None]
    title = word("reveal.page.title", lang, homework=word(f"homework.{key.homework}.title", lang))
    handed = sum(not one.handed.absent for one in standings if one.handed.held)
    hours = f"{max((held.hours for held in key.trainees), default=0):,g}"
    about = word(f"reveal.{key.homework}.about", lang, handed=handed, people=len(key.trainees), hours=hours)
    body = f'<div class="projected">{judge.summary(known, lang)}</div>'
    body += fold(word("reveal.page.class", lang), _class(standings, judge, lang))
    body += fold(word("reveal.page.companies", lang), _companies(known, judge, lang))
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    return pages.filled(lang=lang, title=title, banner="", head=head, contents="", body=body)


def listed(standings: Sequence[Standing], judge: Judge, lang: str) -> list[list[str]]:
    """Trainee, outcome, and what the judge says of each.

    Parameters
    ----------
    standings : sequence of Standing
    judge : Judge
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> listed([Standing(Handed("Sato", None))], judge_of("h1_mission"), "en")
    [['Sato', '– not handed in', '–', '–', '–']]
    """
    cells = judge.listed(standings, lang)
    return [[one.handed.trainee, outcome(one, lang), *own] for one, own in zip(standings, cells, strict=True)]


def heads(judge: Judge, lang: str) -> list[str]:
    """What stands above the list of a class.

    Parameters
    ----------
    judge : Judge
    lang : str
        ``"en"`` or ``"ja"``.

    >>> heads(judge_of("h1_mission"), "en")[:2]
    ['trainee', 'text']
    """
    return [word(f"reveal.{name}", lang) for name in ("trainee", "outcome", *judge.heads)]


def _class(standings: Sequence[Standing], judge: Judge, lang: str) -> str:
    """The class by name."""
    return table(heads(judge, lang), listed(standings, judge, lang))


def _companies(known: Sequence[Standing], judge: Judge, lang: str) -> str:
    """Each trainee's company."""
    return "".join(f"<h3>{escape(one.handed.trainee)}</h3>{judge.company(one, lang)}" for one in known)
