"""An effect: how much of what, of whom, against what, and what has to be true for the number to be one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from cslab.measure.effect.naming import spoken
from cslab.measure.estimate import Estimate
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.effect.sensitivity import Sensitivity


@dataclass(frozen=True)
class Said:
    """A sentence by its key and what fills its blanks.

    Parameters
    ----------
    key : str
        A key of ``words.csv`` without its leading ``effect.``.
    values : mapping
        What fills its blanks; words of the tables, such as ``"high"``, are said in the reader's language.

    >>> Said("identification.lot").text("en")
    'A lot decided who got which, and nothing else.'
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The sentence in a language.

        Parameters
        ----------
        lang : str

        >>> Said("identification.lot").text("ja")
        '誰がどちらになるかは、抽選だけで決まった。'
        """
        return word(f"effect.{self.key}", lang, **{name: spoken(value, lang) for name, value in self.values.items()})


@dataclass(frozen=True)
class Effect(Estimate):
    """An estimate of what one thing brings against another, with all that a reader needs to judge it.

    The number, its 95 % limits, ``n``, ``method`` and ``std_error`` are those of an ``Estimate``. Effects on staying
    are in shares (0.05 is five points), on money in currency, on time in months.

    Parameters
    ----------
    estimand : Said
        What is estimated.
    population : Said
        Of whom.
    identification : Said
        What has to be true for the number to be that effect.
    arms : tuple of str
        Which, and against which.
    counts : DataFrame
        A row an arm: ``arm``, ``customers``, ``mean`` (of the outcome as recorded), and what else is counted.
    overlap : DataFrame or None
        Customers of each arm by stratum: where both are there, they can be compared.
    balance : DataFrame or None
        How far the arms are apart in what was known, before and after adjustment.
    sensitivity : Sensitivity or None
        How strong what nobody has seen would have to be to take the effect away.
    left_out : mapping of str to int
        Customers left out, by reason.

    >>> said = dict.fromkeys(("estimand", "population", "identification"), Said("identification.lot"))
    >>> found = Effect(0.05, 0.01, 0.09, 900, "experiment", arms=("high", "mid"), **said)
    >>> float(found), found.arms
    (0.05, ('high', 'mid'))
    """

    estimand: Said = field(kw_only=True)
    population: Said = field(kw_only=True)
    identification: Said = field(kw_only=True)
    arms: tuple[str, str] = field(kw_only=True)
    counts: pd.DataFrame | None = field(default=None, kw_only=True, compare=False, repr=False)
    overlap: pd.DataFrame | None = field(default=None, kw_only=True, compare=False, repr=False)
    balance: pd.DataFrame | None = field(default=None, kw_only=True, compare=False, repr=False)
    sensitivity: Sensitivity | None = field(default=None, kw_only=True, compare=False)
    left_out: Mapping[str, int] = field(default_factory=dict, kw_only=True, compare=False, repr=False)

    @classmethod
    def of(cls, estimate: Estimate, **rest: Any) -> Effect:
        """An effect out of an estimate and what is said of it.

        Parameters
        ----------
        estimate : Estimate
        **rest
            The other fields.

        >>> said = dict.fromkeys(("estimand", "population", "identification"), Said("identification.lot"))
        >>> Effect.of(Estimate(0.05, 0.01, 0.09, 900, "experiment"), arms=("high", "mid"), **said).method
        'experiment'
        """
        return cls(*(getattr(estimate, one.name) for one in fields(Estimate)), **rest)

    @property
    def points(self) -> Estimate:
        """The same number and limits in percentage points, for sentences."""
        limits = 100 * self.low, 100 * self.high
        return Estimate(100 * self.estimate, *limits, self.n, self.method, 100 * self.std_error)

    def cells(self) -> dict[str, Any]:
        """The effect as cells of a table's row.

        Returns
        -------
        dict
            ``arm``, ``against``, then those of an ``Estimate``, then ``left_out`` (customers).

        >>> said = dict.fromkeys(("estimand", "population", "identification"), Said("identification.lot"))
        >>> list(Effect(0.05, 0.01, 0.09, 900, "experiment", arms=("high", "mid"), **said).cells())
        ['arm', 'against', 'estimate', 'low', 'high', 'n', 'method', 'left_out']
        """
        arms = dict(zip(("arm", "against"), self.arms, strict=True))
        return {**arms, **super().cells(), "left_out": sum(self.left_out.values())}


def table(effects: Iterable[Effect] | Mapping[str, Effect]) -> pd.DataFrame:
    """Effects below one another.

    Parameters
    ----------
    effects : iterable of Effect, or mapping of str to Effect
        With a name each, the names stand in front as ``way``.

    Returns
    -------
    DataFrame
        A row an effect: its ``cells``.

    >>> said = dict.fromkeys(("estimand", "population", "identification"), Said("identification.lot"))
    >>> one = Effect(0.05, 0.01, 0.09, 900, "experiment", arms=("high", "mid"), **said)
    >>> table({"adjusted": one})["way"].tolist(), len(table([one, one]))
    (['adjusted'], 2)
    """
    import pandas as pd

    if isinstance(effects, Mapping):
        return pd.DataFrame([{"way": name, **one.cells()} for name, one in effects.items()])
    return pd.DataFrame([one.cells() for one in effects])


def left_out_table(found: Effect, lang: str) -> pd.DataFrame:
    """Who is not in a number, and why.

    Parameters
    ----------
    found : Effect
    lang : str

    Returns
    -------
    DataFrame
        ``reason``, ``customers``.

    >>> said = dict.fromkeys(("estimand", "population", "identification"), Said("identification.lot"))
    >>> one = Effect(0.05, 0.01, 0.09, 900, "experiment", arms=("high", "mid"), left_out={"no_arm": 3}, **said)
    >>> left_out_table(one, "en")["customers"].tolist()
    [3]
    """
    import pandas as pd

    rows = [(word(f"effect.left_out.{reason}", lang), count) for reason, count in found.left_out.items() if count]
    return pd.DataFrame(rows, columns=["reason", "customers"])
