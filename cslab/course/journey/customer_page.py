"""The map as the customer sees it: the own goals, who is at one's side, how long it takes, and where one stands.

Nothing of what is ours alone: no evidence, no feelings we note down, no amounts, nobody's being late, no way out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cslab.course.journey.paper import department, printed
from cslab.words import has_word, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.journey import Map, Step

NOT_SHOWN = ("churn",)
"""Phases that no customer is shown the way to."""


@dataclass(frozen=True)
class Stand:
    """How far a customer has come.

    Parameters
    ----------
    account : str
        Whom the page is for.
    day : str
        As of when.
    progress : DataFrame
        As ``journey.progress`` gives it: ``step``, ``status``, ``day``.
    private : bool
        Whether the company is a real one.

    >>> import pandas as pd
    >>> Stand("A1", "2024-04-01", pd.DataFrame({"step": ["kickoff"], "status": ["here"]})).status("kickoff")
    'here'
    """

    account: str
    day: str
    progress: pd.DataFrame
    private: bool = False

    def status(self, step: str) -> str:
        """How a step stands: ``reached``, ``skipped``, ``here``, ``ahead``, ``not_taken``, ``unseen`` (due before the
        records begin); empty for an unknown one.

        Parameters
        ----------
        step : str

        >>> import pandas as pd
        >>> Stand("A1", "", pd.DataFrame({"step": [], "status": []})).status("kickoff")
        ''
        """
        found = self.progress.loc[self.progress["step"] == step, "status"]
        return str(found.iloc[0]) if len(found) else ""

    def reached_on(self, step: str) -> str:
        """The day on which a step was reached; empty where it was not.

        Parameters
        ----------
        step : str

        >>> import pandas as pd
        >>> rows = {"step": ["kickoff"], "status": ["reached"], "day": [pd.Timestamp("2024-04-09")]}
        >>> Stand("A1", "", pd.DataFrame(rows)).reached_on("kickoff")
        '2024-04-09'
        """
        if self.status(step) != "reached":
            return ""
        day = self.progress.loc[self.progress["step"] == step, "day"].iloc[0]
        return f"{day:%Y-%m-%d}" if day == day else ""


def customer_page(drawn: Map, lang: str, stand: Stand | None = None) -> str:
    """The page that a customer is given.

    Parameters
    ----------
    drawn : Map
    lang : str
        ``"en"`` or ``"ja"``.
    stand : Stand, optional
        Of the customer for whom it is made; without it the page is for all.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> from cslab.measure import journey
    >>> html = customer_page(journey.shipped(), "en")
    >>> "We have got our first result" in html, "leave without trouble" in html
    (True, False)
    """
    shown = [step for step in drawn.steps if step.phase not in NOT_SHOWN]
    phases = dict.fromkeys(step.phase for step in shown)
    parts = [_phase(phase, [step for step in shown if step.phase == phase], lang, stand) for phase in phases]
    promise = f'<p class="promise">{_said("asked_once", lang)}</p>'
    body = f'{_only(stand, lang)}<div class="journey">{"".join(parts)}</div>{promise}'
    head = _head(shown, lang, stand)
    return printed(lang=lang, title=word("journey.page.title", lang), body=body, name="customer_page", head=head)


def _head(shown: list[Step], lang: str, stand: Stand | None) -> str:
    """Title, what the page is, and where the customer stands."""
    head = f'<h1>{_said("title", lang)}</h1><p class="question">{_said("about", lang)}</p>'
    if stand is None:
        return head
    made = _said("for", lang, account=stand.account, day=stand.day)
    return f'<p class="number">{made}</p>{head}{_where(shown, lang, stand)}'


def _where(shown: list[Step], lang: str, stand: Stand) -> str:
    """The next step, and how much of the way lies behind."""
    once = [step for step in shown if step.main and stand.status(step.id) != "unseen"]
    done = sum(stand.status(step.id) == "reached" for step in once)
    here = next((step for step in shown if stand.status(step.id) == "here"), None)
    now = f'<p class="now">{_said("next", lang)}</p><p class="goal">{escape(here.goal(lang))}</p>' if here else ""
    now = now or f'<p class="goal">{_said("all_done", lang)}</p>'
    return f'<div class="where">{now}{_bar(done, len(once), lang)}</div>'


def _bar(done: int, count: int, lang: str) -> str:
    """How many of the steps on record are done; nothing where the records begin behind all of them."""
    if not count:
        return ""
    said = _said("done", lang, done=done, count=count)
    return f'<div class="way"><i style="width:{done / count:.0%}"></i></div><p class="count">{said}</p>'


def _only(stand: Stand | None, lang: str) -> str:
    """Whose eyes the page is for, where it holds somebody's real data."""
    if stand is None or not stand.private:
        return ""
    return f'<p class="confidential" role="note">{_said("only", lang, account=stand.account)}</p>'


def _phase(phase: str, steps: list[Step], lang: str, stand: Stand | None) -> str:
    """One phase with its steps."""
    name = word(f"journey.phase.{phase}", lang) if has_word(f"journey.phase.{phase}") else phase
    listed = "".join(_step(step, lang, stand) for step in steps)
    return f"<section><h2>{escape(name)}</h2><ol>{listed}</ol></section>"


def _step(step: Step, lang: str, stand: Stand | None) -> str:
    """One step: the customer's goal, who is there, how long it takes, whether it is done."""
    status = stand.status(step.id) if stand else ""
    here = f'<span class="you">{_said("here", lang)}</span>' if status == "here" else ""
    goal = f'<p class="goal">{here}{escape(step.goal(lang))}</p>'
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in _facts(step, lang, stand))
    handed = word("journey.page.hand_off", lang, owner=_owner(step.hand_off, lang)) if step.hand_off else ""
    handed = f'<small class="handed">{escape(handed)}</small>' if handed else ""
    return f'<li class="{status}">{goal}<small>{facts}</small>{handed}</li>'


def _facts(step: Step, lang: str, stand: Stand | None) -> list[str]:
    """What stands below a goal: for a step done, when; for others, with whom and how long."""
    if stand and (day := stand.reached_on(step.id)):
        return [word("journey.page.reached", lang, day=day)]
    if stand and stand.status(step.id) == "unseen":
        return [word("journey.page.unseen", lang)]
    facts = [word("journey.page.with", lang, owner=_owner(step.owner, lang))]
    if math.isfinite(step.target_days):
        facts.append(word("journey.page.days", lang, days=f"{step.target_days:g}"))
    facts += [word(f"journey.page.{name}", lang) for name in ("optional", "repeats") if getattr(step, name)]
    if stand and stand.status(step.id) == "skipped":
        facts.append(word("journey.page.skipped", lang))
    return facts


def _owner(owner: str, lang: str) -> str:
    """Who is at the customer's side, in the customer's words."""
    if not owner:
        return word("journey.page.team", lang)
    return word("journey.page.yourself", lang) if owner == "customer" else department(owner, lang)


def _said(name: str, lang: str, **values: object) -> str:
    """A text of the page as HTML."""
    return escape(word(f"journey.page.{name}", lang, **values))
