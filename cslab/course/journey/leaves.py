"""What the workshop hands to people on A4: notes to write on, a ballot, and the sheet that all sign at the end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from cslab.course.journey.canvas import PHASES
from cslab.course.journey.paper import department, printed
from cslab.words import word

if TYPE_CHECKING:
    from cslab.measure.journey import Map

NOTES = 6
"""On a page of A4."""
LINES = 3
"""To write one sentence on."""
BALLOT_ROWS = 14
"""Steps on a ballot that is printed before the map is known."""
VOTERS = ("sales", "onboarding", "cs", "support", "customer")
"""The departments on a ballot; two more columns stay open."""
SIGNERS = 7


def leaves(lang: str, steps: Map | None = None) -> str:
    """The sheets of A4: notes, ballot, what was agreed on.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.
    steps : Map, optional
        Whose steps stand on the ballot already; without it they are written in on the day.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> leaves("ja").count('class="leaf"'), leaves("en").count('class="note"')
    (3, 6)
    """
    body = "".join(f'<div class="leaf">{leaf}</div>' for leaf in (_notes(lang), _ballot(lang, steps), _sign_off(lang)))
    return printed(lang=lang, title=word("journey.notes.title", lang), body=body, name="leaves")


def _headed(name: str, lang: str) -> str:
    """The title of a sheet and what to do with it."""
    return f"<h1>{_said(f'{name}.title', lang)}</h1><p>{_said(f'{name}.about', lang)}</p>"


def _notes(lang: str) -> str:
    """Notes to cut out and write on."""
    phases = "".join(f"<span>{_said(f'phase.{phase}', lang)}</span>" for phase in PHASES)
    asked = "".join(f'<p class="line">{_said(f"notes.{name}", lang)}<i></i></p>' for name in ("evidence", "owner"))
    feeling = f"{_said('notes.feeling', lang)} <b>-2 -1 0 +1 +2</b>"
    last = f'<p class="line feel">{_said("notes.days", lang)}<i></i>{feeling}</p>'
    said = f'<div><p class="steps">{phases}</p><p class="we">{_said("notes.we", lang)}</p></div>'
    note = f'<div class="note">{said}<div class="lines">{"<i></i>" * LINES}</div>{asked}{last}</div>'
    return f'{_headed("notes", lang)}<div class="notes">{note * NOTES}</div>'


def _ballot(lang: str, steps: Map | None) -> str:
    """The ballot: a row a step, a column a department."""
    names = [escape(department(name, lang)) for name in VOTERS] + ["", _said("vote.other", lang)]
    heads = "".join(f"<th>{name}</th>" for name in (_said("vote.step", lang), *names))
    goals = [escape(step.goal(lang)) for step in steps.steps] if steps else [""] * BALLOT_ROWS
    boxes = "<td>○</td>" * len(names)
    rows = "".join(f"<tr><th>{place} {goal}</th>{boxes}</tr>" for place, goal in enumerate(goals, start=1))
    rounds = f"{_said('vote.round', lang)}: ○ {_said('vote.before', lang)}　○ {_said('vote.after', lang)}"
    top = f'<p class="head"><span>{_said("vote.voter", lang)} <i></i></span><span>{rounds}</span></p>'
    return (
        f'{_headed("vote", lang)}{top}<table class="vote"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _sign_off(lang: str) -> str:
    """Who answers for what, what changes first, when the map is looked at again."""
    names = ("name", "step", "first", "date", "signature")
    heads = "".join(f"<th>{_said(f'sign.{name}', lang)}</th>" for name in names)
    rows = f"<tr>{'<td></td>' * len(names)}</tr>" * SIGNERS
    below = "".join(f'<p class="below">{_said(f"sign.{name}", lang)}</p>' for name in ("agreement", "review"))
    table = f'<table class="sign"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f'{_headed("sign", lang)}{table}{below}<div class="open">{_said("sign.open", lang)}</div>'


def _said(name: str, lang: str) -> str:
    """A text of the sheets as HTML."""
    return escape(word(f"journey.{name}", lang))
