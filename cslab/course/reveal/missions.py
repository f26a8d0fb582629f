"""Homework 1 held against the truth: in which phase the hours of a year gain most, and what the chosen one gives up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from statistics import mean
from typing import TYPE_CHECKING

from cslab.course.homework.beside import find_phase, find_step, journey_map, phase_rules
from cslab.course.homework.mission import KINDS
from cslab.course.homework.paper import Paper, read_number
from cslab.course.reveal.judge import Cells, Judge
from cslab.course.reveal.markup import paragraph, table, talk
from cslab.course.reveal.phases import phase_picture, phase_table
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.course.assign.key import Held
    from cslab.course.reveal.standing import Standing
    from cslab.measure.lifecycle.focus import Regret

NAME = "h1_mission"
COLUMNS = (
    *("phase", "second", "step", "prevention_hours", "firefighting_hours"),
    *("best_phase", "gain_amount", "best_amount", "regret_amount", "regret_share"),
)
COMPANY_COLUMNS = (
    *("phase", "customers", "stuck_share", "per_hour", "per_hour_low", "per_hour_high", "truth_per_hour"),
    *("gain_amount", "true_gain_amount"),
)
COUNTED = ("best", "first", "chosen")
"""How often each phase was truly best, came first by the data, and was chosen."""
QUESTIONS = ("data", "customers", "cost", "moved")
"""What to talk about."""


@dataclass(frozen=True)
class Mission:
    """What a mission decides.

    Parameters
    ----------
    chosen, second, step : str
        The phase of the mission, the second-best one and the step, by their ids; empty where there is none to be read.
    hours : tuple of (float or None)
        For prevention and for firefighting.

    >>> Mission().hours
    (None, None)
    """

    chosen: str = ""
    second: str = ""
    step: str = ""
    hours: tuple[float | None, ...] = (None, None)


@dataclass(frozen=True)
class Truth:
    """What was true of one company.

    Parameters
    ----------
    table : DataFrame
        One row a phase, as ``focus.table`` gives it.
    currency : str

    >>> import pandas as pd
    >>> Truth(pd.DataFrame({"phase": ["onboarding"]}), "JPY").currency
    'JPY'
    """

    table: pd.DataFrame
    currency: str

    def first(self, column: str) -> str:
        """The phase that gains most by a column; empty where no phase has a value.

        Parameters
        ----------
        column : str
            ``"gain_amount"`` for what the data said, ``"true_gain_amount"`` for what was true.

        >>> import pandas as pd
        >>> table = pd.DataFrame({"phase": ["adoption", "renewal"], "gain_amount": [3.0, 4.0]})
        >>> Truth(table, "JPY").first("gain_amount")
        'renewal'
        """
        known = self.table.dropna(subset=[column])
        return str(known["phase"].iloc[int(known[column].argmax())]) if len(known) else ""


@dataclass(frozen=True)
class Found:
    """A mission held against the truth.

    Parameters
    ----------
    truth : Truth
    regret : Regret or None
        Of the chosen phase; ``None`` without one.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"phase": ["adoption", "renewal"], "true_gain_amount": [3.0, 4.0]})
    >>> Found(Truth(table, "JPY"), None).best
    'renewal'
    """

    truth: Truth
    regret: Regret | None

    @property
    def best(self) -> str:
        """The phase that truly gains most in the trainee's company."""
        return self.truth.first("true_gain_amount")


def decided(paper: Paper) -> Mission:
    """What a trainee decided, as far as it can be read.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> decided(Paper({}, {}, Path("."))).chosen
    ''
    """
    rules, steps = phase_rules(paper.folder), journey_map(paper.folder).steps
    chosen, second = (paper.given(*place) for place in (("mission", "phase"), ("counter", "second")))
    named = paper.given("mission", "step")
    step = find_step(steps, named.value) if named else None
    hours = [paper.given("hours", kind) for kind in KINDS]
    return Mission(
        find_phase(rules, chosen.value) if chosen else "",
        find_phase(rules, second.value) if second else "",
        step.id if step else "",
        tuple(read_number(one.value) if one else None for one in hours),
    )


def truth_of(company: str, hours: float) -> Truth:
    """What was true of one trainee's company.

    Parameters
    ----------
    company : str
        The source, with its seed.
    hours : float
        That the team can spend in a year.

    >>> "onboarding" in set(truth_of("synthetic:tiny?seed=7&accounts=300", 500).table["phase"])
    True
    """
    from cslab.measure.lifecycle import focus
    from cslab.sources import load

    book = load(company)
    return Truth(focus.table(book, hours=hours), book.currency)


def regret_sentence(standing: Standing, lang: str) -> str:
    """What the choice gave up, in a sentence; empty where there is nothing to be held against the truth.

    Parameters
    ----------
    standing : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> regret_sentence(Standing(Handed("Sato", None)), "en")
    ''
    """
    found, mission = standing.found, standing.decision
    if found is None or found.regret is None:
        return ""
    chosen, best = (label(name, lang) for name in (mission.chosen, found.best))
    if mission.chosen == found.best:
        return word("reveal.regret.none", lang, chosen=chosen)
    lost = money(found.regret.amount, found.truth.currency, lang)
    return word("reveal.regret.some", lang, chosen=chosen, best=best, lost=lost, share=found.regret.share)


def _found(held: Held, mission: Mission | None) -> Found:
    """What was true, and the regret of the chosen phase."""
    from cslab.measure.lifecycle import focus

    truth, chosen = truth_of(held.company, held.hours), mission.chosen if mission else ""
    known = truth.table.dropna(subset=["true_gain_amount"])["phase"]
    return Found(truth, focus.regret(truth.table, chosen) if chosen in set(known) else None)


def _line(one: Standing) -> Cells:
    """What the sheet says of one trainee."""
    mission, regret = one.decision or Mission(), one.found.regret if one.found else None
    hours = ["" if number is None else f"{number:g}" for number in mission.hours]
    gains = (regret.gain_amount, regret.best_amount, regret.amount) if regret else ()
    amounts = [round(amount) for amount in gains] or [""] * 3
    share = f"{regret.share:.4f}" if regret else ""
    return [mission.chosen, mission.second, mission.step, *hours, _best(one), *amounts, share]


def _best(one: Standing) -> str:
    """The phase that was truly best; empty without a truth."""
    return one.found.best if one.found else ""


def _company_lines(one: Standing) -> Iterator[Cells]:
    """The lines of one trainee's company: whole units of the currency, the share with four places."""
    for row in one.found.truth.table.to_dict("records"):
        places = {column: 4 if column == "stuck_share" else None for column in COMPANY_COLUMNS[1:]}
        numbers = ("" if row[name] != row[name] else round(row[name], digits) for name, digits in places.items())
        yield [str(row["phase"]), *numbers]


def _listed(standings: Sequence[Standing], lang: str) -> list[list[str]]:
    """Chosen phase, best phase, and the share of the possible gain that the choice gave up."""
    chosen = [one.decision.chosen if one.decision else "" for one in standings]
    phases = zip(chosen, map(_best, standings), strict=True)
    shares = (f"{one.found.regret.share:.0%}" if one.found and one.found.regret else "–" for one in standings)
    return [
        [*(label(phase, lang) if phase else "–" for phase in pair), share]
        for pair, share in zip(phases, shares, strict=True)
    ]


def _told(one: Standing, lang: str) -> Iterator[str]:
    """What was true of the trainee's company."""
    if one.found.regret is None:  # whoever has not decided yet must not be told
        yield paragraph(word(f"reveal.{NAME}.undecided", lang))
        return
    yield paragraph(regret_sentence(one, lang)) + paragraph(word(f"reveal.{NAME}.reading", lang))
    yield phase_picture(one.found.truth, lang) + phase_table(one, lang)
    yield paragraph(word(f"reveal.{NAME}.why", lang))


def _summary(known: Sequence[Standing], lang: str) -> str:
    """How the class did, what was best, what to talk about."""
    return _said(known, lang) + _counts(known, lang) + talk(NAME, QUESTIONS, lang)


def _said(known: Sequence[Standing], lang: str) -> str:
    """How the class did, and how a ranking by the data alone would have done."""
    chose = [one for one in known if one.found.regret]
    if not chose:
        return f"<p>{escape(word(f'reveal.{NAME}.nobody', lang))}</p>"
    right = sum(one.decision.chosen == one.found.best for one in chose)
    first = sum(one.found.truth.first("gain_amount") == one.found.best for one in chose)
    share = mean(one.found.regret.share for one in chose)
    said = word(f"reveal.{NAME}.said", lang, right=right, count=len(chose), share=share, first=first)
    return f"<p>{escape(said)}</p>"


def _counts(known: Sequence[Standing], lang: str) -> str:
    """How often each phase was best, first by the data, and chosen."""
    phases = list(known[0].found.truth.table["phase"]) if known else []
    counts = [
        Counter(one.found.best for one in known),
        Counter(one.found.truth.first("gain_amount") for one in known),
        Counter(one.decision.chosen for one in known if one.decision),
    ]
    rows = [[label(phase, lang), *(str(count[phase] or "–") for count in counts)] for phase in phases]
    heads = [word(f"reveal.count.{name}", lang) for name in ("phase", *COUNTED)]
    return f"<h2>{escape(word(f'reveal.{NAME}.counts', lang))}</h2>{table(heads, rows)}"


def _company(one: Standing, lang: str) -> str:
    """One trainee's company behind its fold."""
    sentence = regret_sentence(one, lang)
    return (f"<p>{escape(sentence)}</p>" if sentence else "") + phase_table(one, lang)


MISSIONS = Judge(
    NAME,
    decided=decided,
    found=_found,
    columns=COLUMNS,
    line=_line,
    company_columns=COMPANY_COLUMNS,
    company_lines=_company_lines,
    heads=("chosen", "best", "regret"),
    listed=_listed,
    told=_told,
    summary=_summary,
    company=_company,
)
"""How homework 1 is held against the truth."""
