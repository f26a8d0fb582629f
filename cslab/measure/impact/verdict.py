"""What the records say of a link: supported, not yet due, contradicted, or that they cannot tell, and why."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cslab.measure.estimate import Estimate
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.impact.contrast import Contrast
    from cslab.measure.impact.followed import Followed
    from cslab.measure.impact.lagged import Lagged

VERDICTS = ("supported", "not_yet_due", "contradicted", "unidentifiable")
SUPPORTED, NOT_YET_DUE, CONTRADICTED, UNIDENTIFIABLE = VERDICTS

FEWEST = 30
"""Participants that a verdict needs."""

BY_RECORDS = BEFORE_AFTER, LAGGED = "before_after", "lagged"
"""What an effect rests on where no lot told participants from others."""

OFF = 0.01
"""A placebo that luck explains no oftener than this is off."""


class Amount(float):
    """A number of whatever unit, said with as many digits as it deserves.

    >>> f"{Amount(0.012345)} {Amount(-1234.5)}"
    '0.0123 -1,234'
    """

    def __format__(self, _: str) -> str:
        """Three digits, and whole numbers from a thousand on."""
        return f"{float(self):,.0f}" if abs(self) >= 1000 else f"{float(self):.3g}"


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is, in words.

    Parameters
    ----------
    key : str
        A key of ``words.csv`` without its leading ``impact.``.
    values : mapping
        What fills its blanks; nodes and causes are called by their names in the reader's language.

    >>> Reason("reason.flat").text("en")
    'In these months all customers are alike in it: there is nothing to compare.'
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The sentence in a language.

        Parameters
        ----------
        lang : str

        >>> Reason("reason.flat").text("ja")
        'この期間はどの顧客も同じ値で、比べられる差がありません。'
        """
        return word(f"impact.{self.key}", lang, **{name: _said(value, lang) for name, value in self.values.items()})


@dataclass(frozen=True)
class LinkTest:
    """One link as the records show it.

    Parameters
    ----------
    source, target : str
        Names of its nodes.
    declared : float
        What the chain says it changes in the target for one participant, signed; missing where it does not.
    due : int
        Months from the turn to the end of the largest lags.
    followed : Followed
        How many participants have been followed as long as a verdict takes.
    effect : Estimate or None
        Of one participant on the target, in the target's unit; None where nothing can tell it.
    mde : float
        The smallest such change that would be seen four times in five.
    whole : Contrast or None
        What the programme changes in the target by whatever road: the same, but where the programme has other roads.
    per_unit : Estimate or None
        What one unit of the source brings the target.
    lagged : Lagged or None
        What anybody computes from records.
    lead_p, control_p : float
        Of the lead placebo and of the negative control; missing without them.
    lead_mde : float
        The smallest difference before the start that the lead placebo would have seen; missing without one.
    identified : str
        What the effect rests on: ``lot``, ``invitation``, ``groups``, ``before_after``, ``lagged``; empty: nothing.
    obstacle : Reason or None
        Why nothing can tell it, however many customers there were.
    unseen : Reason or None
        What has no indicator.
    verdict : str
        One of ``VERDICTS``.
    reason : Reason
    notes : tuple of Reason
        What a reader must know beside it.

    >>> from cslab.measure.impact.followed import Followed
    >>> LinkTest("articles", "tickets", -0.11, 3.0, Followed(900, 600)).mde
    nan
    """

    source: str
    target: str
    declared: float
    due: int
    followed: Followed
    effect: Estimate | None = None
    mde: float = math.nan
    whole: Contrast | None = field(default=None, repr=False)
    per_unit: Estimate | None = None
    lagged: Lagged | None = field(default=None, repr=False)
    lead_p: float = math.nan
    control_p: float = math.nan
    lead_mde: float = math.nan
    identified: str = ""
    obstacle: Reason | None = None
    unseen: Reason | None = None
    verdict: str = ""
    reason: Reason = field(default_factory=lambda: Reason("reason.flat"))
    notes: tuple[Reason, ...] = ()

    @property
    def participants(self) -> int:
        """Customers that take part."""
        return self.followed.participants

    @property
    def by_records(self) -> bool:
        """Whether its effect rests on records of customers whom no lot told apart."""
        return self.identified in BY_RECORDS

    @property
    def due_on(self) -> pd.Timestamp | None:
        """The day from which the link can be judged; None where nobody can say."""
        return self.followed.on


def judged(test: LinkTest) -> LinkTest:
    """A link with its verdict: the first rule that applies.

    Parameters
    ----------
    test : LinkTest
        With all that is known of it, and no verdict.

    Returns
    -------
    LinkTest

    Source: our convention, grade S: what nobody can see comes before what luck shows, and the smallest change that
    would be seen comes before any p-value. Where no lot decided, the months before the start have to be able to show a
    difference as large as what is declared, and less than that is put down to who takes part.

    >>> from cslab.measure.impact.followed import Followed
    >>> seen = Estimate(-0.1, -0.12, -0.08, 900, "contrast", 0.01)
    >>> judged(LinkTest("articles", "tickets", -0.11, 3.0, Followed(900, 600), seen, mde=0.03)).verdict
    'supported'
    """
    verdict, reason = next(found for rule in RULES if (found := rule(test)))
    smaller = (Reason("note.smaller", {"declared": Amount(test.declared)}),) if _small(test) else ()
    records = (Reason("note.by_records"),) if test.by_records else ()
    notes = (*smaller, *records) if verdict == SUPPORTED else records if verdict == CONTRADICTED else ()
    return replace(test, verdict=verdict, reason=reason, notes=notes)


Ruled = tuple[str, Reason] | None


def _no_indicator(test: LinkTest) -> Ruled:
    """What no table shows, nobody can see."""
    return (UNIDENTIFIABLE, test.unseen) if test.unseen else None


def _waiting(test: LinkTest) -> Ruled:
    """Too few participants followed long enough."""
    followed = test.followed
    if followed.enough:
        return None
    if followed.participants == followed.through:
        return UNIDENTIFIABLE, Reason("reason.few", {"participants": followed.participants, "fewest": FEWEST})
    values = {"participants": followed.participants, "through": followed.through, "months": math.ceil(followed.months)}
    if followed.on is None:
        return NOT_YET_DUE, Reason("reason.not_yet_few", {**values, "fewest": FEWEST})
    return NOT_YET_DUE, Reason("reason.not_yet", {**values, "fewest": FEWEST, "date": followed.on.date()})


def _obstacle(test: LinkTest) -> Ruled:
    """What no number of customers would mend."""
    return (UNIDENTIFIABLE, test.obstacle) if test.obstacle else None


def _flat(test: LinkTest) -> Ruled:
    """Nothing has differed between customers."""
    known = test.effect is not None and test.effect.std_error > 0
    return None if known else (UNIDENTIFIABLE, Reason("reason.flat"))


def _off(test: LinkTest) -> Ruled:
    """The comparison shows something where there can be nothing."""
    for name, p in (("lead", test.lead_p), ("control", test.control_p)):
        if p < OFF:
            return UNIDENTIFIABLE, Reason(f"reason.{name}", {"p": p})
    return None


def _blind(test: LinkTest) -> Ruled:
    """Without a lot nothing speaks for a fair comparison, unless the months before could have shown an unfair one."""
    seeing = test.lead_mde <= abs(test.declared) and not math.isnan(test.lead_p)
    return (
        None
        if seeing or not test.by_records
        else (UNIDENTIFIABLE, Reason("reason.blind", {"declared": Amount(abs(test.declared))}))
    )


def _undeclared(test: LinkTest) -> Ruled:
    """Without a declared change there is nothing to hold the data against."""
    return None if test.declared and not math.isnan(test.declared) else (UNIDENTIFIABLE, Reason("reason.undeclared"))


def _too_few(test: LinkTest) -> Ruled:
    """What is declared is smaller than what would be seen."""
    if test.mde <= abs(test.declared):
        return None
    assert test.effect is not None  # `_flat` comes before
    values = {"customers": test.effect.n, "mde": Amount(test.mde), "declared": Amount(abs(test.declared))}
    return UNIDENTIFIABLE, Reason("reason.mde" if math.isfinite(test.mde) else "reason.moved_too_few", values)


def _shown(test: LinkTest) -> Ruled:
    """What the limits hold: nothing, what was declared, both, or the other direction."""
    assert test.effect is not None  # `_flat` comes before
    sign = math.copysign(1.0, test.declared)
    low, high = sorted((sign * test.effect.low, sign * test.effect.high))
    limits = {name: Amount(getattr(test.effect, name)) for name in ("estimate", "low", "high")}
    values = {**limits, "declared": Amount(test.declared)}
    if low > 0 and test.by_records and _small(test):
        return UNIDENTIFIABLE, Reason("reason.left_over", values)
    if low > 0:
        return SUPPORTED, Reason("reason.supported", values)
    if high < 0:
        return CONTRADICTED, Reason("reason.other_way", values)
    if high < abs(test.declared):
        return CONTRADICTED, Reason("reason.nothing", values)
    return UNIDENTIFIABLE, Reason("reason.both", values)


RULES: tuple[Callable[[LinkTest], Ruled], ...] = (
    _no_indicator,
    _waiting,
    _obstacle,
    _flat,
    _off,
    _undeclared,
    _blind,
    _too_few,
    _shown,
)
"""In this order; the last one always applies."""


def _small(test: LinkTest) -> bool:
    """Whether the limits leave the declared change out from below."""
    return test.effect is not None and max(abs(test.effect.low), abs(test.effect.high)) < abs(test.declared)


def _said(value: Any, lang: str) -> Any:
    """What fills a blank: names in the reader's language, lists with their commas, roads with their arrows."""
    if isinstance(value, tuple):
        names = [str(_said(one, lang)) for one in value]
        return (", " if lang == "en" else "、").join(names)
    named = getattr(value, "title", None) or getattr(value, "label", None)
    return named(lang) if callable(named) and not isinstance(value, str) else value
