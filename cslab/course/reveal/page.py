"""The page to project: what the class chose and what would have been best; names and companies behind folds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from statistics import mean

from cslab.course import pages
from cslab.course.assign.key import Key
from cslab.course.reveal.feedback import outcome, regret_sentence
from cslab.course.reveal.phases import phase_table
from cslab.course.reveal.standing import Standing
from cslab.words import label, word

COUNTED = ("best", "first", "chosen")
"""How often each phase was truly best, came first by the data, and was chosen."""
QUESTIONS = ("data", "customers", "cost", "moved")
"""What to talk about."""


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

    >>> reveal_page([], Key("h1_mission", 500, ()), "ja").count("<h1>")
    1
    """
    title = word("reveal.page.title", lang, homework=word(f"homework.{key.homework}.title", lang))
    known = [one for one in standings if one.truth]
    handed = sum(not one.handed.absent for one in standings if one.handed.held)
    about = word("reveal.page.about", lang, handed=handed, people=len(key.trainees), hours=f"{key.hours:,g}")
    body = f'<div class="projected">{_said(known, lang)}{_counts(known, lang)}{_talk(lang)}</div>'
    body += _fold("class", _class(standings, lang), lang) + _fold("companies", _companies(known, key, lang), lang)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    return pages.filled(lang=lang, title=title, banner="", head=head, contents="", body=body)


def listed(standings: Sequence[Standing], lang: str) -> list[list[str]]:
    """Trainee, outcome, chosen phase, best phase, and the share of the possible gain that the choice gave up.

    Parameters
    ----------
    standings : sequence of Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> listed([Standing(Handed("Sato", None))], "en")
    [['Sato', '– not handed in', '–', '–', '–']]
    """
    return [
        [
            one.handed.trainee,
            outcome(one, lang),
            *(label(phase, lang) if phase else "–" for phase in (one.chosen, one.best)),
            f"{one.regret.share:.0%}" if one.regret else "–",
        ]
        for one in standings
    ]


def _counts(known: Sequence[Standing], lang: str) -> str:
    """How often each phase was best, first by the data, and chosen."""
    phases = list(known[0].truth.table["phase"]) if known and known[0].truth else []
    counts = [
        Counter(one.best for one in known),
        Counter(one.truth.first("gain_amount") for one in known if one.truth),
        Counter(one.chosen for one in known),
    ]
    rows = [[label(phase, lang), *(str(count[phase] or "–") for count in counts)] for phase in phases]
    heads = [word(f"reveal.count.{name}", lang) for name in ("phase", *COUNTED)]
    return f"<h2>{escape(word('reveal.page.counts', lang))}</h2>{_table(heads, rows)}"


def _said(known: Sequence[Standing], lang: str) -> str:
    """How the class did, and how a ranking by the data alone would have done."""
    chose = [one for one in known if one.regret]
    if not chose:
        return f"<p>{escape(word('reveal.page.nobody', lang))}</p>"
    right = sum(one.chosen == one.best for one in chose)
    first = sum(one.truth.first("gain_amount") == one.best for one in chose if one.truth)
    share = mean(one.regret.share for one in chose if one.regret)
    said = word("reveal.page.said", lang, right=right, count=len(chose), share=share, first=first)
    return f"<p>{escape(said)}</p>"


def _talk(lang: str) -> str:
    """What to talk about."""
    lines = "".join(f"<li>{escape(word(f'reveal.talk.{name}', lang))}</li>" for name in QUESTIONS)
    return f"<h2>{escape(word('reveal.page.talk', lang))}</h2><ol>{lines}</ol>"


def _class(standings: Sequence[Standing], lang: str) -> str:
    """The class by name."""
    heads = [word(f"reveal.{name}", lang) for name in ("trainee", "outcome", "chosen", "best", "regret")]
    return _table(heads, listed(standings, lang))


def _companies(known: Sequence[Standing], key: Key, lang: str) -> str:
    """Each trainee's company."""
    parts = []
    for one in known:
        sentence = regret_sentence(one, lang)
        said = f"<p>{escape(sentence)}</p>" if sentence else ""
        parts.append(f"<h3>{escape(one.handed.trainee)}</h3>{said}{phase_table(one, key.hours, lang)}")
    return "".join(parts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Texts as a table."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    table = f'<table class="cslab-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="table">{table}</div>'


def _fold(name: str, body: str, lang: str) -> str:
    """A part that opens on a click."""
    title = f"<h2>{escape(word(f'reveal.page.{name}', lang))}</h2>"
    return f'<details class="part"><summary>{title}</summary>{body}</details>'
