"""Cadence: what one touch takes, how often a customer of each tier gets it, and so the hours of a tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.lifecycle.phases import folded
from cslab.measure.touch.bilingual import NOTHING, Bilingual
from cslab.measure.touch.tiers import ALIASES, tier_of
from cslab.sources import declared, shipped
from cslab.sources.declared import Declared
from cslab.sources.form import Form

if TYPE_CHECKING:
    import pandas as pd

_TOUCH = {
    "hours": Form("number", low=0),
    "shared_by": Form("number", wanted=False, low=1),
    "grade": Form("text", wanted=False),
    "en": Form("text", wanted=False),
    "ja": Form("text", wanted=False),
}
FORM = Form(
    "section",
    keys={
        "cadence": Form("text"),
        "touches": Form("sections", each=Form("section", keys=_TOUCH)),
        "tiers": Form("sections", each=Form("sections", each=Form("number", low=0))),
    },
)
"""What may stand in the file of a cadence."""


@dataclass(frozen=True)
class Touch:
    """One kind of touch.

    Parameters
    ----------
    hours : float
        Of the team for one, with preparation.
    shared_by : float
        Customers who share it.
    called : Bilingual
    grade : str
        Of the evidence for the hours.

    >>> Touch(12.0, 40.0).each
    0.3
    """

    hours: float
    shared_by: float = 1.0
    called: Bilingual = NOTHING
    grade: str = ""

    @property
    def each(self) -> float:
        """Hours that one customer's share of it takes."""
        return self.hours / self.shared_by


@dataclass(frozen=True)
class Cadence:
    """How often a customer of each tier gets which touch.

    Parameters
    ----------
    name : str
    touches : mapping of str to Touch
    tiers : mapping of str to mapping of str to float
        By tier and touch: times a year.

    >>> meetings = Cadence("own", {"meeting": Touch(2.0)}, {"high": {"meeting": 12}})
    >>> meetings.hours(), meetings.changed("high", meeting=6).hours()
    ({'high': 2.0}, {'high': 1.0})
    """

    name: str
    touches: Mapping[str, Touch]
    tiers: Mapping[str, Mapping[str, float]]

    def hours(self) -> dict[str, float]:
        """Hours of a customer and month in each tier.

        >>> Cadence("own", {"call": Touch(0.5)}, {"mid": {"call": 24}}).hours()
        {'mid': 1.0}
        """
        return {
            tier: self.monthly({name: times / 12 for name, times in often.items()})
            for tier, often in self.tiers.items()
        }

    def monthly(self, often: Mapping[str, float]) -> float:
        """Hours of a customer and month.

        Parameters
        ----------
        often : mapping of str to float
            Times a month by touch.

        Raises
        ------
        UsageError
            For a touch without hours, with the nearest.

        >>> Cadence("own", {"webinar": Touch(12.0, 40.0)}, {}).monthly({"webinar": 2})
        0.6
        """
        self._require(often)
        return float(sum(times * self.touches[name].each for name, times in often.items()))

    def changed(self, tier: str, **times: float) -> Cadence:
        """The same with other times a year in one tier.

        Parameters
        ----------
        tier : str
        **times : float
            By touch.

        Raises
        ------
        UsageError
            For a tier or touch that there is not, and for less than none.

        >>> Cadence("own", {"call": Touch(0.75)}, {"mid": {"call": 12}}).changed("low touch", call=4).hours()
        {'mid': 0.25}
        """
        name = tier_of(tier)
        self._require(times)
        if faults := [Fault("below_zero", {"name": key, "value": one}) for key, one in times.items() if not one >= 0]:
            raise UsageError(*faults)
        return replace(self, tiers={**self.tiers, name: {**self.tiers.get(name, {}), **times}})

    def table(self, lang: str = "en") -> pd.DataFrame:
        """The cadence to be read, a row a touch.

        Parameters
        ----------
        lang : str

        Returns
        -------
        DataFrame
            ``touch``, ``hours`` (one), ``shared_by``, then by tier the times a year; the last row: hours of a customer
            and month.

        >>> cadence().table().iloc[-1]["high"].round(1)
        np.float64(6.5)
        """
        import pandas as pd

        from cslab.words import word

        rows = [
            {
                "touch": one.called.text(lang) or name,
                "hours": one.hours,
                "shared_by": one.shared_by,
                **{tier: float(often.get(name, 0.0)) for tier, often in self.tiers.items()},
            }
            for name, one in self.touches.items()
        ]
        return pd.DataFrame([*rows, {"touch": word("value.touch.hours_a_month", lang), **self.hours()}])

    def _require(self, names: Mapping[str, float]) -> None:
        """Refuse touches without hours."""
        known = {"known": ", ".join(self.touches)}
        faults = [
            Fault("touch.touch", {"touch": name, "near": nearest(name, self.touches), **known})
            for name in names
            if name not in self.touches
        ]
        if faults:
            raise UsageError(*faults)


def cadence(name: str = "cadence") -> Cadence:
    """The cadence that comes with the kit, or that of a file.

    Parameters
    ----------
    name : str
        ``cadence``, or the path of a ``.yaml`` file of one's own.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_cadence`.

    Source: unit hours and times of the domain specification (grade S), bottom-up.

    >>> {tier: round(hours, 1) for tier, hours in cadence().hours().items() if tier != "community"}
    {'high': 6.5, 'mid': 1.6, 'tech': 0.1}
    """
    file = shipped.own(name)
    return _cadence(declared.read(file) if file else shipped.read(name))


def read_cadence(content: str | bytes, name: str = "cadence.yaml") -> Cadence:
    """A cadence as somebody wrote it; ``cslab/rules/cadence.yaml`` shows the form.

    Parameters
    ----------
    content : str or bytes
        YAML.
    name : str
        What to call it in messages.

    Raises
    ------
    DataError
        With everything that is wrong, and its line.

    >>> text = "cadence: own\\ntouches: {call: {hours: 0.5}}\\ntiers: {ハイタッチ: {call: 24}}\\n"
    >>> read_cadence(text).hours()
    {'high': 1.0}
    """
    return _cadence(declared.parse(content, name))


def _cadence(found: Declared) -> Cadence:
    """The cadence of a file, or the error with everything that is wrong with it."""
    faults = list(found.faults(FORM)) or list(_wrong(found))
    if faults:
        raise found.refused(faults)
    tiers = {tier_of(tier): dict(often) for tier, often in found.value["tiers"].items()}
    return Cadence(found.value["cadence"], {n: _touch(one) for n, one in found.value["touches"].items()}, tiers)


def _touch(value: Mapping[str, Any]) -> Touch:
    """One kind of touch of its section."""
    shared, grade = float(value.get("shared_by") or 1), value.get("grade") or ""
    return Touch(float(value["hours"]), shared, Bilingual(value.get("en") or "", value.get("ja") or ""), grade)


def _wrong(found: Declared) -> Iterator[Fault]:
    """Tiers that there are not, and touches without hours."""
    touches = found.value["touches"]
    for tier, often in found.value["tiers"].items():
        if folded(tier) not in ALIASES:
            yield found.fault("touch.tier_at", "tiers", tier, value=tier, near=nearest(tier, ALIASES))
        for name in often:
            if name not in touches:
                given = {"near": nearest(name, touches), "known": ", ".join(touches)}
                yield found.fault("touch.touch_at", "tiers", tier, name, touch=name, **given)
