"""A small company's touch: its matrix, its growth, what somebody assumes of an effect, and six CSMs."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd

PEOPLE, CSM_HOURS, PLANNED = 6, 130.0, 0.9
"""The team: CSMs, hours with customers of each in a month, the share of them that may be planned."""

HOUR_AMOUNT, MARGIN, HORIZON = 6_400.0, 0.8, 36
"""Cost of an hour (yen), gross margin, months within which touch has to pay."""

_CELLS = (
    ("onboarding", "high", 10.0, 6),
    ("onboarding", "mid", 2.7, 20),
    ("onboarding", "tech", 0.5, 40),
    ("adoption", "high", 6.0, 30),
    ("adoption", "mid", 1.4, 120),
    ("adoption", "tech", 0.12, 500),
)
"""Phase, tier, hours of a customer and month, customers as printed."""

_SMALL, _LARGE = 0.30, 0.08
"""Shares of the renewals lost with small and with large customers, whoever looks after them."""

_SKILLS = (0.6, 0.75, 0.9, 1.1, 1.25, 1.4)
"""By how much each of six CSMs truly multiplies the losses, the best first."""

_BOOKS = ((200, 40), (160, 60), (110, 80), (70, 100), (40, 110), (15, 130))
"""Small and large customers of six CSMs whose renewals came up, the hardest book first."""

"""A matrix as somebody hands it in; some cells cannot stay as they are."""


def toy_matrix(variant: int = 0) -> pd.DataFrame:
    """A matrix of six cells and how many customers stand in each.

    Parameters
    ----------
    variant : int
        0 as printed; any other number for other customers, so that an answer that was typed in does not fit.

    Returns
    -------
    DataFrame
        ``phase``, ``tier``, ``hours`` (a customer and month), ``customers``.

    >>> int(toy_matrix()["customers"].sum()), len(toy_matrix(3))
    (716, 6)
    """
    import pandas as pd

    found = pd.DataFrame(_CELLS, columns=["phase", "tier", "hours", "customers"])
    times = (
        [1.0] * len(found) if variant == 0 else [0.6 + one / 320 for one in _digest(f"matrix {variant}")[: len(found)]]
    )
    return found.assign(customers=(found["customers"] * times).round().astype(int))


def toy_effect(tier: str, variant: int = 0) -> Estimate:
    """The months of MRR that somebody assumes a customer to bring more within three years, with limits.

    Parameters
    ----------
    tier : str
        ``mid`` (against tech touch) or ``high`` (against mid touch).
    variant : int
        As for :func:`toy_matrix`.

    Returns
    -------
    Estimate
        Months.

    >>> toy_effect("high").low < toy_effect("high").estimate
    True
    """
    middle, width = {"mid": (2.0, 0.8), "high": (2.1, 1.2)}[tier]
    middle += 0.0 if variant == 0 else round(_digest(f"effect {tier} {variant}")[0] / 320, 1) + 0.1
    return Estimate(middle, round(middle - width, 1), round(middle + width, 1), 0, "assumed")


def toy_growth(variant: int = 0) -> list[int]:
    """The hours that a growing company calls for in the coming six months.

    Parameters
    ----------
    variant : int
        As for :func:`toy_matrix`.

    >>> toy_growth()[0], toy_growth()[3]
    (4680, 5850)
    """
    most = 5850 if variant == 0 else 5500 + 4 * _digest(f"growth {variant}")[0]
    return [round(4680 + (most - 4680) * month / 3) for month in range(6)]


def toy_league(variant: int = 0) -> pd.DataFrame:
    """Six CSMs, the renewals of their small and large customers, and how many of each were lost.

    Parameters
    ----------
    variant : int
        As for :func:`toy_matrix`.

    Returns
    -------
    DataFrame
        By ``csm``: ``small``, ``small_lost``, ``large``, ``large_lost``.

    >>> toy_league().columns.tolist()
    ['small', 'small_lost', 'large', 'large_lost']
    """
    import pandas as pd

    return pd.DataFrame(_drawn(variant)[0]).set_index("csm")


def true_order(variant: int = 0) -> list[str]:
    """The same CSMs as good as they truly are, the best first.

    Parameters
    ----------
    variant : int
        As for :func:`toy_matrix`.

    >>> sorted(true_order()) == sorted(toy_league().index)
    True
    """
    return list(_drawn(variant)[1])


def by_expected(league: pd.DataFrame) -> pd.Series:
    """Losses over those that anybody would have had with the same customers, the best CSM first.

    Parameters
    ----------
    league : DataFrame
        As :func:`toy_league` makes it.

    >>> by_expected(toy_league()).is_monotonic_increasing
    True
    """
    rates = {kind: league[f"{kind}_lost"].sum() / league[kind].sum() for kind in ("small", "large")}
    expected = league["small"] * rates["small"] + league["large"] * rates["large"]
    return ((league["small_lost"] + league["large_lost"]) / expected).sort_values()


def as_it_looks(league: pd.DataFrame) -> pd.Series:
    """The share of the renewals that were lost, the least first.

    Parameters
    ----------
    league : DataFrame
        As :func:`toy_league` makes it.

    >>> as_it_looks(toy_league()).is_monotonic_increasing
    True
    """
    return ((league["small_lost"] + league["large_lost"]) / (league["small"] + league["large"])).sort_values()


def how_many(league: pd.DataFrame) -> pd.Series:
    """The number of renewals that were lost, the fewest first.

    Parameters
    ----------
    league : DataFrame
        As :func:`toy_league` makes it.

    >>> how_many(toy_league()).is_monotonic_increasing
    True
    """
    return (league["small_lost"] + league["large_lost"]).sort_values()


@cache
def _drawn(variant: int) -> tuple[tuple[dict[str, object], ...], tuple[str, ...]]:
    """The first draw in which the mix turns the order round: a pure function of the variant."""
    import pandas as pd

    from cslab.course.questions.kinds.rank import rho

    for attempt in count():
        digest = _digest(f"league {variant} {attempt}")
        names = sorted(("Aoki", "Baba", "Chiba", "Doi", "Endo", "Fujii"), key=lambda name: digest[ord(name[0]) - 65])
        rows = [_book(name, place, digest[6 + place]) for place, name in enumerate(names)]
        league = pd.DataFrame(rows).set_index("csm")
        orders = (by_expected(league), as_it_looks(league), how_many(league))
        fair, looks, fewest = (rho(tuple(order.index), tuple(names)) for order in orders)
        if fair >= 0.9 and max(looks, fewest) <= 0.4 and all(order.is_unique for order in orders):
            return tuple(sorted(rows, key=lambda row: str(row["csm"]))), tuple(names)
    raise AssertionError("a count has no end")


def _book(name: str, place: int, draw: int) -> dict[str, object]:
    """One CSM, the better the harder its customers; what is lost differs a little by luck."""
    small, large = _BOOKS[place]
    luck = 0.9 + draw / 1280
    lost = {
        kind: round(n * rate * _SKILLS[place] * luck)
        for kind, n, rate in (("small", small, _SMALL), ("large", large, _LARGE))
    }
    return {"csm": name, "small": small, "small_lost": lost["small"], "large": large, "large_lost": lost["large"]}


def _digest(text: str) -> bytes:
    """Thirty-two numbers that only a text decides."""
    return hashlib.sha256(text.encode()).digest()
